import type { EnterParams } from './enter-params';

/**
 * The own fields of this client: the fields of entering, with the later changes in the room. The server drops
 * these fields with the link, and each reconnect is a new entering that sends them again.
 */
export class OwnParams {
  constructor(private params: EnterParams) {}

  get now(): EnterParams {
    return this.params;
  }

  /** Records a change that the server has accepted. An undefined field keeps its value. */
  change(changes: Partial<EnterParams>): void {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    this.params = { ...this.params, ...Object.fromEntries(given) };
  }

  /** Records new tags; without an expression the previous expression stays. */
  changeTags(tags: string[], notifyTargetTags = this.params.tagConfig?.notifyTargetTags): void {
    this.change({ tagConfig: { tags, ...(notifyTargetTags ? { notifyTargetTags } : {}) } });
  }
}
