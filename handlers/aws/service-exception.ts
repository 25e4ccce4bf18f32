/** The members of an error's answer, such as the stored item of a condition that was not met. */
export interface ExceptionFields {
  readonly message?: string;
  readonly [member: string]: unknown;
}

/** An error that an AWS service answered. Its name is the service's error code. */
export class ServiceException extends Error {
  /** The form in which the SDK decides whether an error can be retried. */
  public readonly $metadata: { readonly httpStatusCode: number };

  constructor(public readonly name: string, statusCode: number, public readonly fields: ExceptionFields) {
    super(fields.message ?? name);
    this.$metadata = { httpStatusCode: statusCode };
  }

  /** Whether the request is refused, and not the service in trouble. */
  public get isRefusal(): boolean {
    const { httpStatusCode } = this.$metadata;
    return httpStatusCode >= 400 && httpStatusCode < 500;
  }
}
