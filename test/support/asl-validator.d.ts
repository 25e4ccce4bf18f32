/** The package ships no types. */
declare module 'asl-validator' {
  export default function validate(definition: object, options?: { checkArn?: boolean }): {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  };
}
