import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { attemptTimeOuts } from '../aws/attempt-time-outs';

const client = new SSMClient({
  maxAttempts: 3,
  requestHandler: attemptTimeOuts(3_000),
});

/** The value of a parameter that the construct creates. */
export async function readParameter(name: string): Promise<string> {
  const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
  if (Parameter?.Value === undefined) {
    throw new Error('the parameter has no value');
  }
  return Parameter.Value;
}
