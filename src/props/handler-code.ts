import { join } from 'path';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Code, Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BoundHandlerCode } from '../private/bound-handler-code';
import { codeOf, HANDLER_CODE_CONTEXT, type HandlerName, type ImageName, ZIP_CODE } from '../private/contract';
import { validateSameRegion } from '../private/same-environment';

const ASSETS = join(__dirname, '..', '..', 'assets');

/** The repository of each image. */
const REPOSITORY_OF: { readonly [image in ImageName]: keyof HandlerImageRepositories } = {
  'webhook-validator': 'webhookValidator',
  'event-relay': 'eventRelay',
  'fraud-detector': 'fraudDetector',
  'transaction-archival': 'transactionArchival',
};

/** The repositories of the four images. Each must be in the Region of the stack, in any account. */
export interface HandlerImageRepositories {
  /** Images of the webhook validator. The function that reconciles events runs from them too, with another command. */
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
 * How the functions' code is delivered. Use one of the static methods.
 *
 * If you change between images and zip later, the functions are replaced. With `environmentSuffix` they have names, and
 * CloudFormation rejects replacing them. Let CloudFormation name them for one deployment: set `functionName` of each
 * function's `CfnFunction` to undefined, deploy the change, then remove that and deploy again.
 *
 * The context `cdk-webhook-processing-system:handlerCode=zip` has the effect of `HandlerCode.zip()` for every system of an app,
 * whatever the prop is. `cdk-webhooks local` sets it, because the emulator runs no images. You can set it too, for example to
 * synthesize on a machine without Docker.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', { handlerCode: HandlerCode.zip() });
 */
export class HandlerCode {
  /**
   * Container images, built by `cdk deploy` from the Dockerfiles in this package. You need Docker or a substitute
   * (`CDK_DOCKER`). The Dockerfiles only copy, so any processor can build the ARM64 images.
   *
   * AWS patches the base image but not your images, and the CDK does not detect that it changed. To rebuild them, change
   * `rebuildKey`. If the machine keeps images, run `docker pull public.ecr.aws/lambda/nodejs:24` first. With
   * `HandlerCode.zip()`, Lambda patches the runtime
   * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html).
   *
   * @param options how the images are built
   * @example
   *   new WebhookProcessingSystem(this, 'Payments', {
   *     handlerCode: HandlerCode.bundledImages({ rebuildKey: '2026-11' }),
   *   });
   */
  public static bundledImages(options: BundledImagesOptions = {}): HandlerCode {
    return new HandlerCode((handler) => ({
      code: Code.fromAssetImage(join(ASSETS, codeOf(handler).image), {
        platform: Platform.LINUX_ARM64, extraHash: options.rebuildKey, cmd: commandOf(handler),
      }),
      handler: Handler.FROM_IMAGE,
      runtime: Runtime.FROM_IMAGE,
    }));
  }

  /**
   * Container images that you built from this package's `assets/<function>` folders and pushed. Push the tag to each
   * repository before you deploy the functions.
   *
   * Throws an error if a repository is missing or in another Region, or if the tag is empty. `HandlerRepositories` creates
   * the repositories.
   *
   * @param repositories one for each function, in the Region of the stack
   * @param tag the images' tag, the same in each repository; a new tag is a new deployment
   */
  public static repositories(repositories: HandlerImageRepositories, tag: string): HandlerCode {
    const missing = Object.values(REPOSITORY_OF).find((name) => !repositories?.[name]);
    if (missing) {
      throw new Error(`\`repositories.${missing}\` must be a repository, got: nothing. Pass one for each function.`);
    }
    if (!tag) {
      throw new Error("`tag` must name the images' tag, got: ''");
    }
    return new HandlerCode((handler, scope) => {
      const name = REPOSITORY_OF[codeOf(handler).image];
      const repository = repositories[name];
      // Lambda accepts images from another account, but not from another region (https://docs.aws.amazon.com/lambda/latest/dg/images-create.html).
      validateSameRegion(`\`repositories.${name}\``, repository, scope);
      return {
        code: Code.fromEcrImage(repository, { tagOrDigest: tag, cmd: commandOf(handler) }),
        handler: Handler.FROM_IMAGE,
        runtime: Runtime.FROM_IMAGE,
      };
    });
  }

  /** Zip files on the managed Node.js runtime. They need no Docker and are the fastest to deploy. Lambda patches the runtime. */
  public static zip(): HandlerCode {
    return new HandlerCode((handler) => ({
      code: Code.fromAsset(join(ASSETS, codeOf(handler).image), { exclude: ['Dockerfile', '.dockerignore'] }),
      handler: entryPointOf(handler),
      runtime: Runtime.NODEJS_24_X,
    }));
  }

  /**
   * The code that a system uses: that of the context, then that of the prop.
   *
   * @internal
   */
  public static _of(scope: Construct, prop: HandlerCode = HandlerCode.bundledImages()): HandlerCode {
    const context: unknown = scope.node.tryGetContext(HANDLER_CODE_CONTEXT);
    if (context !== undefined && context !== ZIP_CODE) {
      throw new Error(`The context \`${HANDLER_CODE_CONTEXT}\` must be '${ZIP_CODE}', got: ${JSON.stringify(context)}. Remove it to use the prop \`handlerCode\`.`);
    }
    return context === ZIP_CODE ? HandlerCode.zip() : prop;
  }

  /** @internal */
  public readonly _bind: (handler: HandlerName, scope: Construct) => BoundHandlerCode;

  private constructor(bind: (handler: HandlerName, scope: Construct) => BoundHandlerCode) {
    this._bind = bind;
  }
}

function entryPointOf(handler: HandlerName): string {
  return `${codeOf(handler).bundle}.handler`;
}

/** The command of an image. Its Dockerfile has that of the function that it is named after. */
function commandOf(handler: HandlerName): string[] | undefined {
  return handler === codeOf(handler).image ? undefined : [entryPointOf(handler)];
}
