import { join } from 'path';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Code, Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { BoundHandlerCode } from './private/bound-handler-code';
import type { HandlerName } from './private/contract';

const ASSETS = join(__dirname, '..', 'assets');

/** The repositories of the four functions' images. */
export interface HandlerImageRepositories {
  /** Images of the webhook validator. */
  readonly webhookValidator: IRepository;
  /** Images of the event relay. */
  readonly eventRelay: IRepository;
  /** Images of the fraud detector. */
  readonly fraudDetector: IRepository;
  /** Images of the transaction archival. */
  readonly transactionArchival: IRepository;
}

/**
 * How the functions' code is delivered. Changing between images and zip later
 * replaces the functions, which CloudFormation refuses for functions that have
 * a name of their own: with `environmentSuffix`, deploy another system beside.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', { handlerCode: HandlerCode.zip() });
 */
export abstract class HandlerCode {
  /**
   * Container images, built by `cdk deploy` from the Dockerfiles in this
   * package. They only copy, so that any processor builds them; Docker or a
   * substitute (`CDK_DOCKER`) has to be there.
   */
  public static bundledImages(): HandlerCode {
    return new BundledImages();
  }

  /**
   * Container images that you built from this package's `assets/<function>`
   * folders and pushed. The repositories have to hold the tag before the
   * functions are deployed.
   *
   * @param repositories one for each function, in the region of the stack
   * @param tag the images' tag, the same in each; a new tag is a new deployment
   */
  public static repositories(repositories: HandlerImageRepositories, tag: string): HandlerCode {
    return new RepositoryImages(repositories, tag);
  }

  /** Zip files on the managed Node.js runtime: no Docker, and the fastest to deploy. */
  public static zip(): HandlerCode {
    return new Zip();
  }

  /** @internal */
  public abstract _bind(handler: HandlerName): BoundHandlerCode;
}

class BundledImages extends HandlerCode {
  public _bind(handler: HandlerName): BoundHandlerCode {
    return {
      code: Code.fromAssetImage(join(ASSETS, handler), { platform: Platform.LINUX_ARM64 }),
      handler: Handler.FROM_IMAGE,
      runtime: Runtime.FROM_IMAGE,
    };
  }
}

class RepositoryImages extends HandlerCode {
  constructor(private readonly images: HandlerImageRepositories, private readonly tag: string) {
    super();
    if (!tag) {
      throw new Error("`tag` must name the images' tag, got: ''");
    }
  }

  public _bind(handler: HandlerName): BoundHandlerCode {
    const repository = {
      'webhook-validator': this.images.webhookValidator,
      'event-relay': this.images.eventRelay,
      'fraud-detector': this.images.fraudDetector,
      'transaction-archival': this.images.transactionArchival,
    }[handler];
    return {
      code: Code.fromEcrImage(repository, { tagOrDigest: this.tag }),
      handler: Handler.FROM_IMAGE,
      runtime: Runtime.FROM_IMAGE,
    };
  }
}

class Zip extends HandlerCode {
  public _bind(handler: HandlerName): BoundHandlerCode {
    return {
      code: Code.fromAsset(join(ASSETS, handler), { exclude: ['Dockerfile', '.dockerignore'] }),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
    };
  }
}
