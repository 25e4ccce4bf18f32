import LinkifyIt from 'linkify-it';
import type { AlertTexts, PicturedMessage } from './alert-texts';
import { escaped, page } from './page';

/** In pixels. */
export const MESSAGE_WIDTH = 1_000;
/** What SNS writes before and after the text (https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html). */
const DISPLAY_NAME = 'Payments';
/** The sender of a topic without a display name, as your own for alarms. */
const NO_DISPLAY_NAME = 'AWS Notifications';
const SEGMENT = 160;
/** With more segments than one, each has a header (3GPP TS 23.040, 9.2.3.24.1). */
const SEGMENT_OF_SEVERAL = 153;
const NOT_GSM = /[^\x20-\x7e\n]/;

/** The segments of an SMS in the GSM alphabet. Its extension counts twice. */
export function segmentsOf(text: string): { readonly characters: number; readonly segments: number } {
  if (NOT_GSM.test(text)) {
    throw new Error(`the picture counts only ASCII characters of the GSM alphabet, got: ${text}`);
  }
  const characters = text.length + (text.match(/[[\]{}|\\~^]/g) ?? []).length;
  return { characters, segments: characters <= SEGMENT ? 1 : Math.ceil(characters / SEGMENT_OF_SEVERAL) };
}

/** The text that arrives on a phone. */
export function smsOf(text: string): string {
  return `${DISPLAY_NAME}> ${text}`;
}

/** Plain text as mail clients show it: lines are kept, and what looks like an address becomes a link. */
export function linked(text: string): string {
  const links = new LinkifyIt().match(text) ?? [];
  const ends = [0, ...links.map(({ lastIndex }) => lastIndex)];
  return links.map(({ index, url, text: shown }, position) => (
    `${escaped(text.slice(ends[position], index))}<a href="${escaped(url)}">${escaped(shown)}</a>`
  )).join('') + escaped(text.slice(ends.at(-1)));
}

export function verdictPage({ highValue, verdict, verdictSms }: AlertTexts): string {
  return messagePage('The alerts of a high-value transaction', [highValue, verdict], verdictSms);
}

export function mediumPage({ mediumValue, mediumSms }: AlertTexts): string {
  return messagePage('The alert of a medium-value transaction', [mediumValue], mediumSms);
}

export function alarmPage({ alarm }: AlertTexts): string {
  return messagePage('The notification of an alarm', [alarm], undefined, NO_DISPLAY_NAME);
}

function messagePage(title: string, mails: readonly PicturedMessage[], sms?: string, sender = DISPLAY_NAME): string {
  return page(title, STYLE, `<main><div class="mails">${mails.map((each) => mail(each, sender)).join('')}</div>${sms === undefined ? '' : phone(sms)}</main>`);
}

function mail({ subject, text }: PicturedMessage, sender: string): string {
  return `<article class="mail"><h1 class="measured">${escaped(subject)}</h1>
<p class="from"><b>${sender}</b> &lt;no-reply@sns.amazonaws.com&gt;</p><div class="text measured">${linked(text)}</div></article>`;
}

function phone(text: string): string {
  const shown = smsOf(text);
  const { characters, segments } = segmentsOf(shown);
  return `<aside><div class="phone"><p class="sender">SMS</p><div class="bubble measured">${linked(shown)}</div></div>
<p class="count">${characters} characters, ${segments} ${segments === 1 ? 'segment' : 'segments'}</p></aside>`;
}

const STYLE = `
body { width: ${MESSAGE_WIDTH}px; background: #eef0f1; font-size: 14px; }
main { display: flex; gap: 20px; padding: 20px; align-items: flex-start; }
.mails { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 16px; }
.mail { background: #fff; border: 1px solid #d5dbdb; border-radius: 6px; padding: 14px 18px; }
h1 { font-size: 17px; margin: 0 0 6px; }
.from { margin: 0 0 12px; padding-bottom: 10px; border-bottom: 1px solid #eaeded; color: #545b64; font-size: 12px; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
aside { width: 290px; flex: none; }
.phone { border: 9px solid #22272e; border-radius: 28px; background: #fff; padding: 16px 12px; min-height: 300px; }
.sender { text-align: center; color: #545b64; margin: 0 0 12px; font-size: 12px; }
.bubble { background: #e9e9eb; border-radius: 14px; padding: 9px 12px; overflow-wrap: anywhere; }
.count { text-align: center; color: #545b64; font-size: 12px; margin: 8px 0 0; }
`;
