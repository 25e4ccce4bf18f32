/** The key of the context that replaces the prop `handlerCode`. `cdk-webhooks local` sets it. */
export const HANDLER_CODE_CONTEXT = 'cdk-webhook-processing-system:handlerCode';

/** Its only value: the functions run from zip files. */
export const ZIP_CODE = 'zip';
