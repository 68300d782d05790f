/** How many invitations are remembered: an invitation that is delivered again does not ring again. */
const REMEMBERED = 50;

/** The invitations that this client has sent or received. */
export class CallRequests {
  private readonly ids: string[] = [];

  /** @param random a number from 0 to 1 at each call */
  constructor(
    private readonly now: () => number,
    private readonly random: () => number,
  ) {}

  rememberRequest(requestId: string): void {
    this.ids.push(requestId);
    if (this.ids.length > REMEMBERED) this.ids.shift();
  }

  isKnown(requestId: string): boolean {
    return this.ids.includes(requestId);
  }

  /** An id that is unique among all calls of all clients. */
  newId(): string {
    const word = () => Math.floor(this.random() * 36 ** 8).toString(36);
    return `${this.now().toString(36)}-${word()}${word()}`;
  }
}
