import * as fc from 'fast-check';
import { maskCardNumbers } from '../../../handlers/alerts/card-numbers';

/** A number with the check digit of a card number. Computed from the left, other than the function does. */
function cardNumber(digits: readonly number[]): string {
  const doubled = digits.map((digit, index) => ((digits.length - index) % 2 === 1 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit] : digit));
  return `${digits.join('')}${(10 - doubled.reduce((sum, digit) => sum + digit, 0) % 10) % 10}`;
}

/** Test numbers of providers: https://docs.stripe.com/testing, https://docs.adyen.com/development-resources/test-cards-and-credentials */
test.each([
  ['4242424242424242', '424242******4242'],
  ['378282246310005', '378282*****0005'],
  ['30569309025904', '305693****5904'],
  ['4222222222222', '422222***2222'],
  ['6205500000000000004', '620550*********0004'],
  ['4242 4242 4242 4242', '4242 42** **** 4242'],
  ['4242-4242-4242-4242', '4242-42**-****-4242'],
  ['4242.4242.4242.4242', '4242.42**.****.4242'],
  ['3782 822463 10005', '3782 82**** *0005'],
  ['4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2', '4 2 4 2 4 2 * * * * * * 4 2 4 2'],
  ['42424242\u030142424242', '424242**\u0301****4242'],
  ['order 12 4242 4242 4242 4242 7', 'order 12 4242 42** **** 4242 7'],
  ['a4242424242424242b5555555555554444c', 'a424242******4242b555555******4444c'],
  ['4242424242424242 5555555555554444', '424242******4242 555555******4444'],
])('%s is shown as %s', (number, expected) => {
  expect(maskCardNumbers(number)).toBe(expected);
});

test.each([
  ['fails the check', '4242424242424241'],
  ['is too short', '424242424242'],
  ['is too long', '42424242424242424242'],
  ['is an amount', '4,242,424,242,424,242.00'],
  ['is a time', '2025-03-04 05:06:07'],
])('a number that %s is not masked', (_, number) => {
  expect(maskCardNumbers(number)).toBe(number);
});

const digit = fc.integer({ min: 0, max: 9 });
const cards = fc.array(digit, { minLength: 12, maxLength: 18 }).map(cardNumber);

test('at most the first six and the last four digits of any card number remain', () => {
  fc.assert(fc.property(cards, fc.constantFrom('', 'x', '/', ' and '), (number, border) => {
    const text = maskCardNumbers(`${border}${number}${border}`);

    expect(text).toBe(`${border}${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}${border}`);
  }));
});

test('no card number in any groups remains', () => {
  fc.assert(fc.property(cards, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }), fc.constantFrom(' ', '-', '. '), (number, cuts, separator) => {
    const grouped = [...number].map((each, index) => (cuts.includes(index) ? separator + each : each)).join('');

    expect(maskCardNumbers(grouped).replace(/[^\d*]/g, '')).toBe(`${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`);
  }));
});
