import { join } from 'node:path';
import { RemovalPolicy, type Duration } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  ApplicationLogLevel, Architecture, DockerImageCode, DockerImageFunction, LoggingFormat, SystemLogLevel, type DockerImageFunctionProps, type Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface ImageFunctionOptions extends Pick<DockerImageFunctionProps, 'retryAttempts' | 'maxEventAge'> {
  /** The folder with the folders of the images. */
  readonly assets: string;
  readonly image: string;
  readonly description: string;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly tracing?: Tracing;
  readonly environment: { [name: string]: string };
}

/** A function from the container image in a folder, with its log group. */
export function imageFunction(scope: Construct, id: string, { assets, image, ...options }: ImageFunctionOptions): DockerImageFunction {
  return new DockerImageFunction(scope, id, {
    ...options,
    code: DockerImageCode.fromImageAsset(join(assets, image), { platform: Platform.LINUX_ARM64 }),
    architecture: Architecture.ARM_64,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.WARN,
    logGroup: new LogGroup(scope, `${id}Logs`, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
  });
}
