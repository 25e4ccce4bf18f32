import { join } from 'path';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Code, Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BoundHandlerCode } from '../private/bound-handler-code';
import type { HandlerName } from '../private/contract';
import { validateSameRegion } from '../private/same-environment';

const ASSETS = join(__dirname, '..', '..', 'assets');

/** The repository of each handler's images. */
const REPOSITORY_OF: { readonly [handler in HandlerName]: keyof HandlerImageRepositories } = {
  'webhook-validator': 'webhookValidator',
  'event-relay': 'eventRelay',
  'fraud-detector': 'fraudDetector',
  'transaction-archival': 'transactionArchival',
};

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

/** Options of images that the CDK builds. */
export interface BundledImagesOptions {
  /**
   * A value of your own that is part of the images' hash. `cdk deploy` rebuilds the images when their files or this value
   * change. To get a patched base image, change the value, for example to the current month.
   *
   * @default - the images are rebuilt only when the version of this package changes
   */
  readonly rebuildKey?: string;
}

/**
 * How the functions' code is delivered.
 *
 * Changing between images and zip later replaces the functions. With `environmentSuffix` they have names, and
 * CloudFormation rejects to replace them. Let it name them for one deployment: set `functionName` of each function's
 * `CfnFunction` to undefined, deploy the change, then take that out and deploy again.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', { handlerCode: HandlerCode.zip() });
 */
export abstract class HandlerCode {
  /**
   * Container images, built by `cdk deploy` from the Dockerfiles in this
   * package. They only copy, so that any processor builds them; Docker or a
   * substitute (`CDK_DOCKER`) has to be there.
   *
   * AWS patches the base image and not your images: the CDK does not see that it changed. Rebuild with another
   * `rebuildKey`, and run `docker pull public.ecr.aws/lambda/nodejs:24` before if the machine keeps images. With
   * `HandlerCode.zip()` Lambda patches the runtime by itself
   * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html).
   *
   * @example
   *   new WebhookProcessingSystem(this, 'Payments', {
   *     handlerCode: HandlerCode.bundledImages({ rebuildKey: '2026-11' }),
   *   });
   */
  public static bundledImages(options: BundledImagesOptions = {}): HandlerCode {
    return new BundledImages(options.rebuildKey);
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
  public abstract _bind(handler: HandlerName, scope: Construct): BoundHandlerCode;
}

class BundledImages extends HandlerCode {
  constructor(private readonly rebuildKey?: string) {
    super();
  }

  public _bind(handler: HandlerName): BoundHandlerCode {
    return {
      code: Code.fromAssetImage(join(ASSETS, handler), { platform: Platform.LINUX_ARM64, extraHash: this.rebuildKey }),
      handler: Handler.FROM_IMAGE,
      runtime: Runtime.FROM_IMAGE,
    };
  }
}

class RepositoryImages extends HandlerCode {
  constructor(private readonly images: HandlerImageRepositories, private readonly tag: string) {
    super();
    const missing = Object.values(REPOSITORY_OF).find((name) => !images?.[name]);
    if (missing) {
      throw new Error(`\`repositories.${missing}\` must be a repository, got: nothing. Pass one for each function.`);
    }
    if (!tag) {
      throw new Error("`tag` must name the images' tag, got: ''");
    }
  }

  public _bind(handler: HandlerName, scope: Construct): BoundHandlerCode {
    const name = REPOSITORY_OF[handler];
    const repository = this.images[name];
    // Lambda takes images of another account, but of no other region (https://docs.aws.amazon.com/lambda/latest/dg/images-create.html).
    validateSameRegion(`\`repositories.${name}\``, repository, scope);
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
