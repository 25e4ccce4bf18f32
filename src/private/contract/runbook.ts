/** The page that alarms, the dashboard and the command-line tool link to. */
export const RUNBOOK = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/runbook.md';
