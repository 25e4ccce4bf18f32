import fc from 'fast-check';
import { parseCardBin } from '../../../../handlers/providers/shared/event-values';

test.each<[unknown, string | undefined]>([
  ['424242', '424242'], ['4242421', '4242421'], ['42424212', '42424212'], ['000000', '000000'],
  ['424242123', '42424212'], ['4242421234567890', '42424212'],
  ['', undefined], ['42424', undefined], ['424242XX', undefined], ['424242******4242', undefined], ['4242 4212 3456 7890', undefined], [' 424242', undefined],
  ['424242\n', undefined], ['٤٢٤٢٤٢', undefined], [424242, undefined], [4242421234567890, undefined], [['424242'], undefined], [{}, undefined], [null, undefined],
  [undefined, undefined],
])('keeps of %p: %p', (value, digits) => {
  expect(parseCardBin(value)).toBe(digits);
});

test('never keeps more than the first 8 digits of a number', () => {
  fc.assert(fc.property(fc.stringMatching(/^[0-9]{0,40}$/), (number) => {
    expect(parseCardBin(number)).toBe(number.length < 6 ? undefined : number.slice(0, 8));
  }));
});
