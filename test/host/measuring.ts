import type { Measurement } from '../wx';
import { contentHeight, measure, rect } from './layout';
import type { PageView } from './page-view';
import { selectNodes } from './query';
import type { ViewNode } from './view-node';

/** Scroll position that the user or a later attribute set; never beyond the scroll-view's end. */
export function scrollTopOf(page: PageView, node: ViewNode): number {
  const { scrollTop: wanted } = node.attributes;
  const known = page.state.scrollTop.get(node.key);
  if (known?.over === wanted) return known?.value ?? 0;
  const end = Math.max(0, contentHeight(node) - measure(node).height);
  return Math.min(Number(wanted) || 0, end);
}

function answer(page: PageView, node: ViewNode, asked: Measurement): Record<string, unknown> {
  const { kind, fields } = asked;
  const wants = (name: string): boolean => kind === 'fields' && fields[name] === true;
  const result: Record<string, unknown> = {};
  if (kind !== 'node' && kind !== 'context')
    Object.assign(result, { id: node.id, dataset: node.dataset });
  if (kind === 'boundingClientRect') return Object.assign(result, measure(node));
  const { left, right, top, bottom, width, height } = measure(node);
  if (wants('rect')) Object.assign(result, { left, right, top, bottom });
  if (wants('size')) Object.assign(result, { width, height });
  if (kind === 'scrollOffset' || wants('scrollOffset')) {
    const scrollTop = scrollTopOf(page, node);
    const scroll = {
      scrollTop,
      scrollLeft: 0,
      scrollWidth: width,
      scrollHeight: contentHeight(node),
    };
    Object.assign(result, scroll);
  }
  if (Array.isArray(fields.properties)) {
    for (const name of fields.properties.map(String)) result[name] = node.attributes[name];
  }
  if (kind === 'node' || wants('node'))
    result.node = { scrollTo: () => undefined, scrollIntoView: () => undefined };
  return result;
}

/** Answers `wx.createSelectorQuery()` from the page on screen and the stand-in layout. */
export function answerMeasurement(page: PageView | undefined, asked: Measurement): unknown {
  if (!page) return null;
  if (asked.viewport) {
    const { width, height } = measure(page.render());
    return asked.kind === 'scrollOffset'
      ? {
          id: '',
          dataset: {},
          scrollTop: 0,
          scrollLeft: 0,
          scrollWidth: width,
          scrollHeight: height,
        }
      : { id: '', dataset: {}, ...rect(0, 0, width, height) };
  }
  const nodes = selectNodes(page.render(), asked.selector);
  const answers = nodes.map((node) => answer(page, node, asked));
  return asked.all ? answers : (answers[0] ?? null);
}
