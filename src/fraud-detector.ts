import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { HandlerCode } from './handler-code';
import { HandlerFunction } from './handler-function';
import { Env, type FraudConfig, Index } from './private/contract';
import type { SystemSettings } from './private/system-settings';
import type { TransactionStore } from './transaction-store';

export interface FraudDetectorProps extends SystemSettings {
  readonly code: HandlerCode;
  readonly store: TransactionStore;
  readonly fraud: FraudConfig;
}

/** Assesses a transaction by the rules and writes the verdict to it, once. */
export class FraudDetector extends Construct {
  public readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: FraudDetectorProps) {
    super(scope, id);
    const { store } = props;

    this.handler = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'fraud-detector',
      description: 'Assesses high-value transactions',
      memorySize: 512,
      timeout: Duration.seconds(60),
      environment: {
        [Env.TABLE_NAME]: store.table.tableName,
        [Env.FRAUD_RULES]: JSON.stringify(props.fraud),
      },
    });
    this.handler.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [store.table.tableArn]);
    this.handler.allow(['dynamodb:Query'], [store.indexArn(Index.CUSTOMER)]);
    props.encryptionKey?.grantEncryptDecrypt(this.handler);
  }
}
