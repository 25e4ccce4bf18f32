import type { Workspace } from './workspace';
import { LOCAL_CREDENTIALS } from '../../aws/local-system';

/** The Region of a stack that names none. */
export const DEFAULT_REGION = 'us-east-1';
/** The emulator's only account. */
export const ACCOUNT = '000000000000';

/** The variables that lead AWS's tools and SDKs to the emulator, and never to AWS. */
export function awsVariables(region: string, endpoint?: string): { readonly [name: string]: string } {
  return {
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...endpoint !== undefined && { AWS_ENDPOINT_URL: endpoint },
  };
}

/**
 * A new environment for the processes that need nothing of the user's. Lambda functions inherit the emulator's environment,
 * and the CDK would read profiles, regions and credentials of the machine from its own.
 */
export function cleanEnvironment(workspace: Workspace, region: string = DEFAULT_REGION): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: workspace.folder('home'),
    TMPDIR: workspace.folder('tmp'),
    // Custom resources of the CDK load the runtime's AWS SDK, which is in Lambda's image.
    NODE_PATH: workspace.nodeModules,
    ...awsVariables(region),
    TSX_DISABLE_CACHE: '1',
    NO_COLOR: '1',
  };
}

/**
 * The user's environment without credentials, profiles and endpoints of AWS, for the app and for scripts. The files of the
 * AWS configuration are replaced, because the app keeps its home folder, which build tools need.
 */
export function userEnvironment(workspace: Workspace, region: string = DEFAULT_REGION, endpoint?: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:AWS|CDK)_/i.test(name));
  return {
    ...Object.fromEntries(own),
    ...awsVariables(region, endpoint),
    AWS_CONFIG_FILE: workspace.emptyFile('aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: workspace.emptyFile('aws-credentials'),
    TMPDIR: workspace.folder('tmp'),
  };
}
