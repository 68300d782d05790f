import { type CommonEvent, Input, ScrollView, View } from '@tarojs/components';
import { memo, useCallback, useEffect, useMemo, useState } from 'react';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { classes } from '@/components/ui/classes';
import { Slot } from '@/components/ui/slot';
import { appTexts, inLanguage } from '@/i18n';
import { type Emoji, emojiOf, GROUP_SIGNS, recentEmoji, searchEmoji } from './emoji';
import { composerTexts } from './texts';

interface EmojiPanelProps {
  /** Whether the panel is on the screen; it reads the recent emoji when it opens. */
  isOpen: boolean;
  /** Height of the keyboard, px; the panel stands on it during a search. */
  keyboard: number;
  onPick: (event: CommonEvent) => void;
  onBackspace: () => void;
}

/** Emoji by groups, with the recent ones and a search. Only the cells of one group exist at a time. */
export const EmojiPanel = memo(function EmojiPanel({
  isOpen,
  keyboard,
  onPick,
  onBackspace,
}: EmojiPanelProps) {
  const t = useTexts(appTexts);
  const composerT = useTexts(composerTexts);
  const { recentEmoji: used } = useStores();
  const [group, setGroup] = useState(0);
  const [query, setQuery] = useState('');
  /** Another key empties the search field: a value would be sent back at every letter. */
  const [search, setSearch] = useState(0);
  const [isSearching, setSearching] = useState(false);
  // Read at each opening only: the emoji would move under the finger.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `isOpen` stands for the opening
  const recent = useMemo(() => recentEmoji(used.list()), [used, isOpen]);
  const found = useMemo(() => searchEmoji(query), [query]);
  const hasQuery = query.trim() !== '';

  const endSearch = useCallback(() => {
    setQuery('');
    setSearch((last) => last + 1);
  }, []);
  const onTab = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { group: chosen } = currentTarget.dataset as { group?: number | string };
      setGroup(Number(chosen));
      if (hasQuery) endSearch();
    },
    [hasQuery, endSearch],
  );
  useEffect(() => {
    if (!isOpen && hasQuery) endSearch();
  }, [isOpen, hasQuery, endSearch]);
  const onInput = useCallback(
    ({ detail }: { detail: { value: string } }) => setQuery(detail.value),
    [],
  );
  const onFocus = useCallback(() => setSearching(true), []);
  const onBlur = useCallback(() => setSearching(false), []);
  const lift = useMemo(
    () => ({ paddingBottom: `${isSearching ? keyboard : 0}PX` }),
    [isSearching, keyboard],
  );

  return (
    <View className={classes('emoji-panel', isSearching && 'emoji-searching')} style={lift}>
      <Slot className="emoji-search-place">
        <Input
          key={search}
          className="search-field emoji-search"
          placeholder={composerT('emojiSearch')}
          placeholderClass="search-field-placeholder"
          ariaLabel={composerT('emojiSearch')}
          confirmType="search"
          maxlength={20}
          adjustPosition={false}
          holdKeyboard
          onInput={onInput}
          onFocus={onFocus}
          onBlur={onBlur}
        />
      </Slot>
      <ScrollView className="emoji-scroll" scrollY enhanced>
        <Slot className="emoji-cells">
          {hasQuery ? (
            <Cells key="found" emoji={found} onPick={onPick} />
          ) : (
            <View key={group}>
              {group === 0 && (
                <>
                  <View className="emoji-heading">{composerT('emojiRecent')}</View>
                  <Cells emoji={recent} onPick={onPick} />
                  <View className="emoji-heading">{composerT('emojiGroup.0')}</View>
                </>
              )}
              <Cells emoji={emojiOf(group)} onPick={onPick} />
            </View>
          )}
          {hasQuery && found.length === 0 && (
            <View key="none" className="emoji-none">
              {composerT('emojiNone')}
            </View>
          )}
        </Slot>
      </ScrollView>
      <View className="emoji-tabs">
        {GROUP_SIGNS.map((sign, index) => (
          <View
            key={sign}
            className={classes('emoji-tab', index === group && !hasQuery && 'here')}
            data-group={index}
            ariaRole="button"
            ariaLabel={composerT(`emojiGroup.${index as 0}`)}
            onClick={onTab}
          >
            {sign}
          </View>
        ))}
        <View
          className="emoji-back"
          hoverClass="pressed"
          ariaRole="button"
          ariaLabel={t('chat.backspace')}
          onClick={onBackspace}
        />
      </View>
    </View>
  );
});

interface CellsProps {
  emoji: readonly Emoji[];
  onPick: (event: CommonEvent) => void;
}

const Cells = memo(function Cells({ emoji, onPick }: CellsProps) {
  const { settings } = useStores();
  return (
    <View className="emoji-grid">
      {emoji.map(({ emoji: sign, names }) => (
        <View
          key={sign}
          className="emoji"
          data-emoji={sign}
          ariaRole="button"
          ariaLabel={inLanguage(names, settings.language)}
          onClick={onPick}
        >
          {sign}
        </View>
      ))}
    </View>
  );
});
