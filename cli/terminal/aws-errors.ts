/** The options that chose the account and the Region of a call that failed. */
export interface ChosenConnection {
  readonly profile?: string;
  readonly region?: string;
}

/** The members of an error of the AWS SDK that its meaning follows from. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const EXPIRED = /^(ExpiredToken(Exception)?|TokenRefreshRequired|RequestExpired)$/;
const REFUSED_KEYS = /^(InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|InvalidAccessKeyId|AuthFailure|IncompleteSignature)$/;
const DENIED = /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError(Exception)?|NotAuthorized|Forbidden)$/;
const SKEWED = /^(RequestTimeTooSkewed|RequestInTheFuture)$/;
const THROTTLED = /^(Throttling(Exception)?|TooManyRequests(Exception)?|RequestLimitExceeded|SlowDown|ProvisionedThroughputExceededException)$/;
const UNREACHABLE = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE)$/;
const SIGN_IN = 'Sign in again, such as with `aws sso login`, or refresh the keys in the environment';

/** The action that an error names, such as `cloudwatch:DescribeAlarms`; undefined if it names none. */
export function deniedAction({ message }: { readonly message: string }): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1];
}

/** Whether AWS refused a call because of missing rights. */
export function isAccessDenied({ name, message }: { readonly name: string; readonly message: string }): boolean {
  return DENIED.test(name) || deniedAction({ message }) !== undefined;
}

/** Whether a call got no answer: a time-out, or no connection. */
export function isUnreachable({ name, code = '' }: Pick<SdkError, 'name' | 'code'>): boolean {
  return name === 'TimeoutError' || UNREACHABLE.test(code);
}

/** What an error of the AWS SDK means for the user, and what to do; undefined for other errors. */
export function explainAwsError(error: unknown, { profile, region }: ChosenConnection): string | undefined {
  const sdkError = error as SdkError;
  const { name, message } = sdkError;
  const [, stack] = /^Stack (?:with id )?'?([\w-]+)'? does not exist$/.exec(message) ?? [];
  const inProfile = profile === undefined ? '' : ` in the profile '${profile}'`;
  const byProfile = profile === undefined ? '' : ` of the profile '${profile}'`;
  if (message === 'Region is missing') {
    return `no AWS Region is set${inProfile}. Add --region, such as --region eu-central-1, or set AWS_REGION.`;
  }
  if (/^The SSO session|SSO session .* (has )?expired|Token is expired/i.test(message) || EXPIRED.test(name)) {
    return `the AWS credentials${byProfile} have expired. ${SIGN_IN}.`;
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError' || /^Could not load credentials/.test(message)) {
    return `no AWS credentials were found${inProfile}. Add --profile, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  }
  if (SKEWED.test(name) || /^Signature (expired|not yet current)/.test(message)) {
    return 'the clock of this machine differs from that of AWS by more than 5 minutes. Synchronize the clock.';
  }
  if (REFUSED_KEYS.test(name)) {
    return `AWS does not accept the credentials${byProfile}. Check the keys and the session token, and that the account has the Region${region === undefined ? '' : ` ${region}`} enabled.`;
  }
  if (isAccessDenied(sdkError)) {
    const action = deniedAction(sdkError);
    return action === undefined
      ? `AWS denied a call (${name}). The documentation of the command lists the actions that it needs.`
      : `AWS denied a call. The credentials${byProfile} need the action ${action}.`;
  }
  if (stack !== undefined) {
    return `the stack '${stack}' does not exist in this account and Region${region === undefined ? '' : ` (${region})`}. Check --stack, --region and --profile.`;
  }
  if (THROTTLED.test(name)) {
    return `AWS throttles the calls of this account (${name}). Run the command again in a minute.`;
  }
  return isUnreachable(sdkError) ? `AWS did not answer (${sdkError.code ?? name}). Check the network, and the name of the Region.` : undefined;
}
