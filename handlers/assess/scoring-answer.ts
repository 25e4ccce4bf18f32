/** The answer of a function that scores. */
export interface ScoringAnswer {
  /** Not negative. A rule limits it to its own `score`. */
  readonly score: number;
  /** One line. */
  readonly reason?: string;
}

/** The maximum size in bytes. An answer is a number and a sentence. A larger one is a mistake, and is not parsed. */
const MAX_ANSWER = 16_384;
/** The length of a reason, in characters. */
const MAX_REASON = 100;

/** Reads an answer. Throws if it has no usable score, because a score must not be guessed. */
export function parseScoringAnswer(payload: Uint8Array): ScoringAnswer {
  if (payload.length > MAX_ANSWER) {
    throw malformed();
  }
  const { score, reason } = jsonObjectIn(payload);
  if (typeof score !== 'number' || !Number.isFinite(score) || score < 0) {
    throw malformed();
  }
  return { score, reason: typeof reason === 'string' ? reasonLine(reason) : undefined };
}

function jsonObjectIn(payload: Uint8Array): { readonly score?: unknown; readonly reason?: unknown } {
  try {
    return JSON.parse(Buffer.from(payload).toString()) as object | null ?? {};
  } catch {
    throw malformed();
  }
}

/** Replaces line breaks and control characters, which could forge lines of an alert. Shortens first, so that half of a surrogate pair is replaced too. */
function reasonLine(text: string): string | undefined {
  return text.slice(0, MAX_REASON).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').trim() || undefined;
}

/** Does not contain the answer, because it can quote the payment. */
function malformed(): Error {
  return Object.assign(new Error('the function returned no usable score'), { name: 'MalformedAnswer' });
}
