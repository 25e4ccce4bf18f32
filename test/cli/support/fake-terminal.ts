import type { Terminal } from '../../../cli/terminal/console-terminal';

/** A terminal that records, with one answer. */
export class FakeTerminal implements Terminal {
  public readonly printed: string[] = [];
  public readonly noted: string[] = [];
  public readonly questions: string[] = [];

  constructor(public readonly interactive = false, private readonly answer = '') {}

  print(line: string): void {
    this.printed.push(line);
  }

  note(line: string): void {
    this.noted.push(line);
  }

  progress(): void {
    // Not a part of the result.
  }

  async ask(question: string): Promise<string> {
    this.questions.push(question);
    return this.answer;
  }
}
