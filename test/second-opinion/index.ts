import type { Host } from '../host';
import { differences } from './compare';
import type { EaselRenderer } from './easel-renderer';

declare global {
  /** Set by the environment of the weapp tests; see environment.ts. */
  var drawWithEasel: EaselRenderer['drawNew'] | undefined;
}

/**
 * Draws each page of the stack again, with glass-easel in a document of jsdom, and returns each difference from the
 * host's own tree: place, the host's value, glass-easel's value. See docs/second-opinion.md.
 */
export function secondOpinion(host: Host): string[] {
  const draw = globalThis.drawWithEasel;
  if (!draw) throw new Error('the second opinion needs the environment of the weapp tests');
  return host.sources.flatMap((source) => {
    const drawing = draw(source);
    if (!drawing) return [];
    // The host's root stands for the page and has no attributes; glass-easel's is the component of the page.
    const root = { ...drawing.root, attributes: {} };
    const found = [...drawing.warnings, ...differences(source.tree(), root)];
    return found.map((line) => `${source.route}: ${line}`);
  });
}
