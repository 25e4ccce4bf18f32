/**
 * Loaded into the emulated functions by NODE_OPTIONS. Leads requests for Stripe's
 * API to the stub of the local run. The functions themselves know no other host.
 */
const stub = process.env.LOCAL_STRIPE_API;
const original = globalThis.fetch;

if (stub) {
  globalThis.fetch = async (url, options) => original(String(url).replace(/^https:\/\/api\.stripe\.com(?=\/)/, stub), options);
}
