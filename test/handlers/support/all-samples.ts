/* eslint-disable @typescript-eslint/no-require-imports -- the registry decides which folders there are */
import { SCHEME_NAMES } from '../../../handlers/providers/registry';
import type { ProviderSamples } from '../../../handlers/providers/shared/samples/provider-samples';
import type { SchemeName } from '../../../src/private/contract';

/** The samples of every provider folder, by the name of its scheme. */
export const ALL_SAMPLES = Object.fromEntries(SCHEME_NAMES.map((name) => (
  [name, (require(`../../../handlers/providers/${name}/samples`) as { readonly samples: ProviderSamples }).samples]
))) as Readonly<Record<SchemeName, ProviderSamples>>;
