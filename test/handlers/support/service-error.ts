/** An error of a service, by the name that the SDK knows it by. */
export class ServiceError extends Error {
  constructor(readonly code: string, message = 'no reason', readonly fields: object = {}) {
    super(message);
  }
}
