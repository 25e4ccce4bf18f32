import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { readParameter } from '../../../handlers/assess/parameters';

const ssm = mockClient(SSMClient);

beforeEach(() => {
  ssm.reset();
});

test('reads the parameter by its name and returns its value', async () => {
  ssm.on(GetParameterCommand).resolves({ Parameter: { Name: 'fraud-rules', Value: '{"rules":[]}' } });

  expect(await readParameter('fraud-rules')).toBe('{"rules":[]}');
  expect(ssm.commandCalls(GetParameterCommand).map(({ args }) => args[0].input)).toEqual([{ Name: 'fraud-rules' }]);
});

test.each([{}, { Parameter: {} }])('rejects the answer %j, which has no value', async (answer) => {
  ssm.on(GetParameterCommand).resolves(answer);

  await expect(readParameter('fraud-rules')).rejects.toThrow('the parameter has no value');
});

test('throws errors', async () => {
  ssm.on(GetParameterCommand).rejects(Object.assign(new Error('no such parameter'), { name: 'ParameterNotFound' }));

  await expect(readParameter('fraud-rules')).rejects.toMatchObject({ name: 'ParameterNotFound' });
});
