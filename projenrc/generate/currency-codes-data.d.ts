/** The package declares types for its functions only, not for its data. */
declare module 'currency-codes/data' {
  const currencies: readonly { readonly code: string; readonly digits: number }[];
  export default currencies;
}
