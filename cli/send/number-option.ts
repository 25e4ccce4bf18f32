import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that is a number in a range. */
export function numberOption(least: number, most: number, isInteger = true): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || !(number >= least && number <= most) || (isInteger && !Number.isInteger(number))) {
      throw new InvalidArgumentError(`It must be ${isInteger ? 'an integer' : 'a number'} from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}.`);
    }
    return number;
  };
}
