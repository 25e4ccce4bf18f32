import { createHash } from 'node:crypto';
import { Duration, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { HandlerFunction } from './handler-function';
import type { HandlerCode } from '../../props/handler-code';
import { Env, type FraudConfig, HISTORY_INDEXES } from '../contract';
import { validateSameRegion } from '../same-environment';
import type { SystemSettings } from '../settings/system-settings';
import { fitsEnvironment, fitsStandardParameter, validateFraudRulesSize } from '../size-limits';
import type { TransactionStore } from './transaction-store';

export interface FraudDetectorProps extends SystemSettings {
  readonly code: HandlerCode;
  readonly store: TransactionStore;
  readonly fraud: FraudConfig;
  /** The functions of rules, each once. */
  readonly scoringFunctions: readonly IFunction[];
}

/** Assesses a transaction with the rules and writes the verdict to it, once. */
export class FraudDetector extends Construct {
  public readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: FraudDetectorProps) {
    super(scope, id);
    const { store, fraud } = props;
    const environment = { [Env.TABLE_NAME]: store.table.tableName };
    // Unlike JSON.stringify, it also renders lists that are known only at deployment.
    const rules = Stack.of(this).toJsonString(fraud);
    const rulesFit = fitsEnvironment({ ...environment, [Env.FRAUD_RULES]: JSON.stringify(fraud), [Env.SYSTEM_NAME]: props.names.systemId });
    const parameter = rulesFit ? undefined : this.parameterOf(rules, props);

    this.handler = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'fraud-detector',
      // Like a new environment, a new description restarts the running sandboxes, which would otherwise continue with the old parameter.
      description: `Assesses transactions${parameter ? ` by a parameter of content ${digest(Stack.of(this).resolve(rules))}` : ''}`,
      memorySize: 512,
      // The workflow times out earlier, because its retries must fit in the five minutes of an execution.
      timeout: Duration.seconds(60),
      keyServices: ['dynamodb'],
      environment: {
        ...environment,
        ...parameter ? { [Env.FRAUD_RULES_PARAMETER]: parameter.parameterName } : { [Env.FRAUD_RULES]: rules },
      },
    });
    // BatchGetItem is for everything that is looked up by key, UpdateItem for the verdict and the counts of amounts, PutItem for
    // the rules behind the verdict, and GetItem for the verdict of another execution that was first.
    this.handler.allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:GetItem'], [store.table.tableArn]);
    this.handler.allow(['dynamodb:Query'], HISTORY_INDEXES.map(({ name }) => store.indexArn(name)));
    props.scoringFunctions.forEach((scoring) => validateSameRegion('`function` of `FraudRule.scoredBy`', scoring, this));
    if (props.scoringFunctions.length > 0) {
      // `grantInvoke` would also allow every version and alias of a function, and fails for an imported function of another account.
      this.handler.allow(['lambda:InvokeFunction'], props.scoringFunctions.map(({ functionArn }) => functionArn));
    }
    if (parameter) {
      this.handler.allow(['ssm:GetParameter'], [parameter.parameterArn]);
    }
  }

  /**
   * A separate parameter for each tier. SSM cannot turn an advanced parameter back
   * into a standard one, so a deployment with fewer rules would fail
   * (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html).
   */
  private parameterOf(rules: string, { names, fraud }: FraudDetectorProps): StringParameter {
    const json = JSON.stringify(fraud);
    validateFraudRulesSize(json);
    const [id, noun, tier] = fitsStandardParameter(json)
      ? ['Rules', 'fraud-rules', ParameterTier.STANDARD] as const
      : ['LargeRules', 'fraud-rules-large', ParameterTier.ADVANCED] as const;
    return new StringParameter(this, id, {
      parameterName: names.optional(noun),
      description: 'The rules that transactions are assessed by',
      stringValue: rules,
      tier,
    });
  }
}

function digest(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}
