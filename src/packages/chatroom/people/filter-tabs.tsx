import { ScrollView, View } from '@tarojs/components';
import { useState } from 'react';
import { classes } from '@/components/ui/classes';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { SearchField } from '@/components/ui/search-field';
import type { MemberFilter, MembersStore, RoomStore } from '../index';
import { knownTags } from './member-labels';
import { peopleTexts, type PeopleTexts } from './texts';

const TABS = ['online', 'managers', 'guests', 'muted', 'blocked', 'tag'] as const;
export type FilterTab = MemberFilter['kind'];

interface FilterTabsProps {
  chosen: FilterTab;
  onChoose: (tab: FilterTab) => void;
}

/** Selects which of the room's lists is shown. */
export const FilterTabs = observer(function FilterTabs({ chosen, onChoose }: FilterTabsProps) {
  const t = useTexts(peopleTexts);
  return (
    <ScrollView className="tabs" scrollX enhanced showScrollbar={false}>
      <View className="tabs-row" ariaRole="tablist">
        {TABS.map((tab) => (
          <View
            key={tab}
            className={classes('tabs-tab', tab === chosen && 'tabs-on')}
            ariaRole="tab"
            onClick={() => onChoose(tab)}
          >
            {t(`filter.${tab}`)}
          </View>
        ))}
      </View>
    </ScrollView>
  );
});

/** Selects the tag for the list by tag. */
export const TagPicker = observer(function TagPicker({ room }: { room: RoomStore }) {
  const { members, me } = room;
  const t = useTexts(peopleTexts);
  const { filter } = members;
  const chosen = filter.kind === 'tag' ? filter.tag : '';
  return <Picker tags={knownTags(me.tags, members.rows)} chosen={chosen} members={members} t={t} />;
});

interface PickerProps {
  tags: readonly string[];
  chosen: string;
  members: MembersStore;
  t: PeopleTexts;
}

function Picker({ tags, chosen, members, t }: PickerProps) {
  // The tags from the moment when the tab was opened: the list of one tag contains few others.
  const [offered] = useState(tags);
  const [typed] = useState({ tag: '' });
  const pick = (tag: string) => {
    if (tag.trim() !== '') void members.load({ kind: 'tag', tag: tag.trim() });
  };
  return (
    <View className="picker">
      <SearchField
        label={t('people.tagName')}
        onInput={({ detail }) => (typed.tag = detail.value)}
        onConfirm={() => pick(typed.tag)}
        onBlur={() => pick(typed.tag)}
      />
      {offered.length > 0 && (
        <View className="picker-tags">
          {offered.map((tag) => (
            <View
              key={tag}
              className={classes('picker-tag', tag === chosen && 'picker-on')}
              ariaRole="button"
              onClick={() => pick(tag)}
            >
              {tag}
            </View>
          ))}
        </View>
      )}
    </View>
  );
}
