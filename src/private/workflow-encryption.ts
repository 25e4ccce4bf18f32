import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * Encrypts the definition and the data of executions with a key.
 *
 * CDK's own `encryptionConfiguration` grants the key only for a state machine with the given name. Without a name, its
 * condition matches no state machine, and every execution fails
 * (https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html).
 */
export function encryptWorkflow(stateMachine: StateMachine, name: string | undefined, role: Role, key: IKey): void {
  const stack = Stack.of(stateMachine);
  const allow = (actions: string[], context: object) => role.addToPolicy(new PolicyStatement({
    actions, resources: [key.keyArn], conditions: { StringLike: context },
  }));

  (stateMachine.node.defaultChild as CfnStateMachine).encryptionConfiguration = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: key.keyArn };
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], {
    'kms:EncryptionContext:aws:states:stateMachineArn': stack.formatArn({
      service: 'states', resource: 'stateMachine', resourceName: name ?? '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  });
  // The log of an encrypted state machine is encrypted on its way to CloudWatch.
  allow(['kms:GenerateDataKey'], {
    'kms:EncryptionContext:SourceArn': stack.formatArn({ service: 'logs', resource: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
  });
  key.addToResourcePolicy(new PolicyStatement({
    // The statement in AWS's documentation has no condition. If the delivery did not meet a condition, the log would silently be empty.
    actions: ['kms:Decrypt'],
    resources: ['*'],
    principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
  }));
}
