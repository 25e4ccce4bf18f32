/** The repository's page on GitHub. */
export const REPOSITORY_URL = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system';
/** The path of the site on its host. */
export const SITE_BASE = '/cdk-webhook-processing-system/';
/** Where the documentation site is published. */
export const SITE_URL = `https://cdk-webhooks.github.io${SITE_BASE}`;
