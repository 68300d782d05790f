import { type CommonEvent, Swiper, SwiperItem, View } from '@tarojs/components';
import { memo, type ReactElement, useCallback, useState } from 'react';
import type { ComposerTool } from './composer-tool';

/** An action of the panel that the "+" button opens. */
export interface MoreItem {
  /** Unique within a panel. */
  readonly key: string;
  /** The class that draws the icon in `::after`. */
  readonly className: string;
  readonly label: string;
  /** Called in the turn of the tap: WeChat opens some pickers only then. */
  readonly onTap: () => void;
  /** Drawn in place of the item, with the same key: a picker opens by a tap on itself. */
  readonly node?: ReactElement;
}

/** Two rows of four, as in WeChat. */
const PER_PAGE = 8;

interface MorePanelProps {
  items: readonly MoreItem[];
}

/** The composer's "+" button, which opens a panel with these items. */
export function moreTool(items: readonly MoreItem[], label: string): ComposerTool {
  return {
    key: 'more',
    className: 'tool-more',
    label,
    panel: <MorePanel items={items} />,
  };
}

/** A grid of actions. More than eight are on pages, with a dot for each page. */
const MorePanel = memo(function MorePanel({ items }: MorePanelProps) {
  const [page, setPage] = useState(0);
  const onChange = useCallback(
    ({ detail }: { detail: { current: number } }) => setPage(detail.current),
    [],
  );
  const pages = pagesOf(items);
  if (pages.length === 1) {
    return (
      <View className="more-panel">
        <MorePage items={items} />
      </View>
    );
  }
  const shown = Math.min(page, pages.length - 1);
  return (
    <View className="more-panel">
      <Swiper className="more-pages" current={shown} onChange={onChange}>
        {pages.map((own) => (
          <SwiperItem key={own[0]?.key}>
            <MorePage items={own} />
          </SwiperItem>
        ))}
      </Swiper>
      <View className="more-dots">
        {pages.map((own, index) => (
          <View key={own[0]?.key} className={index === shown ? 'more-dot here' : 'more-dot'} />
        ))}
      </View>
    </View>
  );
});

const MorePage = memo(function MorePage({ items }: MorePanelProps) {
  const onTap = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { key } = currentTarget.dataset as { key?: string };
      items.find((item) => item.key === key)?.onTap();
    },
    [items],
  );
  return (
    <View className="more-grid">
      {items.map(
        ({ key, className, label, node }) =>
          node ?? (
            <View
              key={key}
              className={`more-item ${className}`}
              hoverClass="more-pressed"
              data-key={key}
              ariaRole="button"
              onClick={onTap}
            >
              {label}
            </View>
          ),
      )}
    </View>
  );
});

function pagesOf(items: readonly MoreItem[]): readonly (readonly MoreItem[])[] {
  const pages: (readonly MoreItem[])[] = [];
  for (let from = 0; from === 0 || from < items.length; from += PER_PAGE)
    pages.push(items.slice(from, from + PER_PAGE));
  return pages;
}
