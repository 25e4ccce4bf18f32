import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeTerminal } from './support/fake-terminal';
import { connectToAws } from '../../cli/aws/aws-clients';
import { runTool } from '../../cli/program';
import { deniedAction, explainAwsError, isAccessDenied, isUnreachable } from '../../cli/terminal/aws-errors';

const named = (name: string, message = '', more: object = {}) => Object.assign(new Error(message), { name, ...more });

describe('the meaning of an error of AWS', () => {
  test.each([
    [named('Error', 'Region is missing'), 'no AWS Region is set. Add --region, such as --region eu-central-1, or set AWS_REGION.'],
    [named('CredentialsProviderError', 'Could not load credentials from any providers'), 'no AWS credentials were found. Add --profile, or set AWS_PROFILE'],
    [named('TokenProviderError', 'Could not load token'), 'no AWS credentials were found'],
    [named('ExpiredTokenException', 'The security token included in the request is expired'), 'the AWS credentials have expired. Sign in again, such as with `aws sso login`'],
    [named('ExpiredToken'), 'the AWS credentials have expired'],
    [named('CredentialsProviderError', 'The SSO session associated with this profile has expired.'), 'the AWS credentials have expired'],
    [named('TokenProviderError', 'Token is expired. To refresh this SSO session run aws sso login'), 'the AWS credentials have expired'],
    [named('UnrecognizedClientException', 'The security token included in the request is invalid.'), 'AWS does not accept the credentials.'],
    [named('SignatureDoesNotMatch', 'The request signature we calculated does not match'), 'AWS does not accept the credentials.'],
    [named('SignatureDoesNotMatch', 'Signature expired: 20260101T000000Z is now earlier'), 'the clock of this machine differs'],
    [named('RequestTimeTooSkewed'), 'the clock of this machine differs from that of AWS by more than 5 minutes'],
    [
      named('AccessDenied', 'User: arn:aws:iam::1:user/x is not authorized to perform: cloudformation:DescribeStacks on resource: y'),
      'AWS denied a call. The credentials need the action cloudformation:DescribeStacks.',
    ],
    [named('AccessDenied', 'Access Denied'), 'AWS denied a call (AccessDenied). The documentation of the command lists the actions'],
    [named('ValidationError', 'Stack with id Payments does not exist'), 'the stack \'Payments\' does not exist in this account and Region. Check --stack'],
    [named('ValidationError', 'Stack \'Payments\' does not exist'), 'the stack \'Payments\' does not exist'],
    [named('ThrottlingException', 'Rate exceeded'), 'AWS throttles the calls of this account (ThrottlingException)'],
    [named('TimeoutError', 'socket hang up'), 'AWS did not answer (TimeoutError)'],
    [named('Error', 'getaddrinfo ENOTFOUND x', { code: 'ENOTFOUND' }), 'AWS did not answer (ENOTFOUND). Check the network, and the name of the Region.'],
  ])('%s', (error, text) => {
    expect(explainAwsError(error, {})).toContain(text);
  });

  test('names the profile and the Region that were chosen', () => {
    const chosen = { profile: 'work', region: 'eu-north-1' };

    expect(explainAwsError(named('Error', 'Region is missing'), chosen)).toContain('set in the profile \'work\'');
    expect(explainAwsError(named('CredentialsProviderError'), chosen)).toContain('found in the profile \'work\'');
    expect(explainAwsError(named('ExpiredToken'), chosen)).toContain('credentials of the profile \'work\'');
    expect(explainAwsError(named('InvalidClientTokenId'), chosen)).toContain('of the profile \'work\'. Check the keys and the session token, and that the account has the Region eu-north-1 enabled');
    expect(explainAwsError(named('ValidationError', 'Stack with id A does not exist'), chosen)).toContain('Region (eu-north-1)');
  });

  test.each([named('Error', 'anything'), named('ValidationException', 'another rule')])('is not known for %s', (error) => {
    expect(explainAwsError(error, {})).toBeUndefined();
  });
});

test('a denied action is found in the message of any error', () => {
  const error = named('ForbiddenException', 'x is not authorized to perform: execute-api:Invoke');

  expect([deniedAction(error), isAccessDenied(error), isAccessDenied(named('Forbidden')), isAccessDenied(named('Other'))])
    .toEqual(['execute-api:Invoke', true, true, false]);
});

test('a connection that fails has no answer', () => {
  expect([isUnreachable(named('Error', '', { code: 'ECONNREFUSED' })), isUnreachable(named('Error'))]).toEqual([true, false]);
});

test('the tool prints the meaning, and exits with 1', async () => {
  const cloudFormation = mockClient(CloudFormationClient).on(DescribeStacksCommand).rejects(named('ValidationError', 'Stack with id Orders does not exist'));
  const terminal = new FakeTerminal();

  const code = await runTool(['doctor', '--stack', 'Orders', '--region', 'us-east-1'], {
    terminal, version: '0', connect: connectToAws, signal: new AbortController().signal, now: () => new Date(), folder: '/', sleep: async () => undefined,
  });

  expect(code).toBe(1);
  expect(terminal.noted).toEqual(['error: the stack \'Orders\' does not exist in this account and Region (us-east-1). Check --stack, --region and --profile.']);
  cloudFormation.restore();
});
