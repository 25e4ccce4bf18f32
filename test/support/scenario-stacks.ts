import type { Stack } from 'aws-cdk-lib';
import { stacks as everything } from '../integ/integ.everything';
import { stacks as imported } from '../integ/integ.imported-repositories';
import { stacks as minimal } from '../integ/integ.minimal';
import { stacks as providers } from '../integ/integ.providers';
import { stacks as regulated } from '../integ/integ.regulated';
import { stacks as repositories } from '../integ/integ.repositories';

/** The stacks of the integration scenarios. */
export const scenarioStacks: readonly Stack[] = [...minimal, ...everything, ...imported, ...providers, ...regulated, ...repositories];
