/** Control characters, and those that change the direction of text or that cannot be seen. A line break and a tab are in bodies. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;
const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;

/** Text from outside, with a sign for each character that cannot be seen or that changes how the text around it is shown. */
export function shownText(text: string, isBody = false): string {
  return text.replace(INVISIBLE, (character) => (isBody && (character === '\n' || character === '\t') ? character : signFor(character)));
}

function signFor(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) {
    return String.fromCodePoint(CONTROL_PICTURES + code);
  }
  return code === DELETE ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** The largest body that is formatted. A larger one is shown as it is. */
const MAX_FORMATTED = 200_000;

/** A JSON body with line breaks, and any other body as it is. The digits of its numbers do not change. */
export function formattedBody(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return text.length > MAX_FORMATTED ? text : indented(text);
}

/** Indents JSON without reading its values: a number with many digits would lose some. */
function indented(json: string): string {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)!;
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  return tokens.map((token, index) => {
    if (token === '{' || token === '[') {
      const isEmpty = tokens[index + 1] === '}' || tokens[index + 1] === ']';
      depth++;
      return isEmpty ? token : token + line();
    }
    if (token === '}' || token === ']') {
      depth--;
      const isEmpty = tokens[index - 1] === '{' || tokens[index - 1] === '[';
      return isEmpty ? token : line() + token;
    }
    return token === ',' ? token + line() : token === ':' ? ': ' : token;
  }).join('');
}
