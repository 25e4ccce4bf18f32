import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IRepository, Repository, RepositoryEncryption, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ImageName } from './private/contract';
import { PhysicalNames } from './private/physical-names';
import { validateDays } from './private/validation';
import { HandlerCode } from './props/handler-code';

/** Options of the repositories. */
export interface HandlerRepositoriesProps {
  /**
   * The suffix of the repositories' names. See `WebhookProcessingSystemProps.environmentSuffix`.
   *
   * @default - CloudFormation names the repositories
   */
  readonly environmentSuffix?: string;

  /**
   * After how many days images without a tag are removed. Whole days.
   *
   * @default Duration.days(14)
   */
  readonly untaggedImagesExpireAfter?: Duration;

  /**
   * A key for the images.
   *
   * @default - AES-256 with a key that ECR owns
   */
  readonly encryptionKey?: IKey;

  /**
   * What happens to the repositories when they are removed from the stack. `DESTROY` also deletes their images.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The private ECR repositories of the four images, in a stack that you deploy before the system. Push the images before
 * you deploy the system.
 *
 * Tags are immutable, and images are scanned on push. Storage costs 0.10 USD for each GB and month (https://aws.amazon.com/ecr/pricing/).
 *
 * @example
 *   const repositories = new HandlerRepositories(this, 'Repositories', { environmentSuffix: 'prod' });
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     environmentSuffix: 'prod',
 *     handlerCode: repositories.code('2.4.0'),
 *   });
 */
export class HandlerRepositories extends Construct {
  /** Images of the webhook validator. */
  public readonly webhookValidator: IRepository;
  /** Images of the event relay. */
  public readonly eventRelay: IRepository;
  /** Images of the fraud detector. */
  public readonly fraudDetector: IRepository;
  /** Images of the transaction archival. */
  public readonly transactionArchival: IRepository;

  constructor(scope: Construct, id: string, props: HandlerRepositoriesProps = {}) {
    super(scope, id);

    const names = new PhysicalNames(this, props.environmentSuffix);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
    const untaggedImagesExpireAfter = props.untaggedImagesExpireAfter ?? Duration.days(14);
    validateDays('untaggedImagesExpireAfter', untaggedImagesExpireAfter, Duration.days(1), Duration.days(36_500));
    const create = (constructId: string, handler: ImageName) => new Repository(this, constructId, {
      repositoryName: names.optional(handler),
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      encryption: props.encryptionKey ? RepositoryEncryption.KMS : RepositoryEncryption.AES_256,
      encryptionKey: props.encryptionKey,
      lifecycleRules: [{
        description: 'Images that a failed push left behind',
        tagStatus: TagStatus.UNTAGGED,
        maxImageAge: untaggedImagesExpireAfter,
      }],
      removalPolicy,
      emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
    });
    this.webhookValidator = create('WebhookValidator', 'webhook-validator');
    this.eventRelay = create('EventRelay', 'event-relay');
    this.fraudDetector = create('FraudDetector', 'fraud-detector');
    this.transactionArchival = create('TransactionArchival', 'transaction-archival');
  }

  /**
   * The code of a system with its images in these repositories.
   *
   * @param tag the images' tag, the same in each repository
   */
  public code(tag: string): HandlerCode {
    const { webhookValidator, eventRelay, fraudDetector, transactionArchival } = this;
    return HandlerCode.repositories({ webhookValidator, eventRelay, fraudDetector, transactionArchival }, tag);
  }
}
