import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';

/** The name of who uses the credentials: the last part of the ARN, such as the name of a user or of a session. Needs no right. */
export async function callerName(sts: STSClient, signal: AbortSignal): Promise<string> {
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
  return Arn!.split(/[/:]/).at(-1)!;
}
