import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type MoreItem, moreTool } from '@/components/composer/more-panel';

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@tarojs/components', () => ({ View: 'div', Swiper: 'ul', SwiperItem: 'li' }));

const items = (count: number): MoreItem[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `k${index}`,
    className: `more-${index}`,
    label: `Item ${index}`,
    onTap: () => undefined,
  }));

/** The numbers of items and of dots on each page of the panel. */
function draw(count: number) {
  const tool = moreTool(items(count), 'More');
  if (!('panel' in tool)) throw new Error('the tool has no panel');
  const markup = renderToStaticMarkup(tool.panel as ReactElement);
  return {
    grids: markup
      .split('more-grid')
      .slice(1)
      .map((grid) => grid.split('more-item').length - 1),
    dots: markup.split('more-dot"').length - 1 + (markup.split('more-dot here"').length - 1),
    here: markup.split('more-dot here"').length - 1,
  };
}

test.each([
  [0, [0], 0],
  [5, [5], 0],
  [8, [8], 0],
  [9, [8, 1], 2],
  [17, [8, 8, 1], 3],
])('%i items of the "+" panel are on pages of %j with %i dots', (count, grids, dots) => {
  expect(draw(count)).toEqual({ grids, dots, here: dots > 0 ? 1 : 0 });
});
