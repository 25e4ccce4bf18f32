import { join } from 'node:path';
import { PROJECT_ROOT, type Workspace } from './workspace';

export const REGION = 'us-east-1';
/** The emulator's only account. */
export const ACCOUNT = '000000000000';

/** The emulator accepts any credentials. It must never get the machine's real ones. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/**
 * A new environment for each process that this command starts. Lambda
 * functions inherit the emulator's environment, and the CDK would read
 * profiles, regions and credentials of the machine from its own.
 */
export function cleanEnvironment(workspace: Workspace): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LANG: process.env.LANG ?? 'C.UTF-8',
    HOME: workspace.folder('home'),
    TMPDIR: workspace.folder('tmp'),
    // Custom resources of the CDK load the runtime's AWS SDK, which is in Lambda's image.
    NODE_PATH: join(PROJECT_ROOT, 'node_modules'),
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    TSX_DISABLE_CACHE: '1',
    NO_COLOR: '1',
  };
}
