import { Input, ScrollView, View } from '@tarojs/components';
import { useState } from 'react';
import { classes } from '@/components/classes';
import { observer } from '@/components/observer';
import type { MemberFilter, MembersStore, RoomStore } from '../index';
import { knownTags } from './member-labels';
import { useSay } from './use-say';

const TABS = ['online', 'managers', 'guests', 'muted', 'blocked', 'tag'] as const;
export type FilterTab = MemberFilter['kind'];

interface FilterTabsProps {
  chosen: FilterTab;
  onChoose: (tab: FilterTab) => void;
}

/** Which of the room's lists is shown. */
export const FilterTabs = observer(function FilterTabs({ chosen, onChoose }: FilterTabsProps) {
  const say = useSay();
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
            {say(`filter.${tab}`)}
          </View>
        ))}
      </View>
    </ScrollView>
  );
});

/** For the list by tag: which one. */
export const TagPicker = observer(function TagPicker({ room }: { room: RoomStore }) {
  const { members, me } = room;
  const say = useSay();
  const { filter } = members;
  const chosen = filter.kind === 'tag' ? filter.tag : '';
  return (
    <Picker tags={knownTags(me.tags, members.rows)} chosen={chosen} members={members} say={say} />
  );
});

interface PickerProps {
  tags: readonly string[];
  chosen: string;
  members: MembersStore;
  say: ReturnType<typeof useSay>;
}

function Picker({ tags, chosen, members, say }: PickerProps) {
  // Those that were there when the tab was opened: the list of one tag shows few others.
  const [offered] = useState(tags);
  const [typed] = useState({ tag: '' });
  const pick = (tag: string) => {
    if (tag.trim() !== '') void members.load({ kind: 'tag', tag: tag.trim() });
  };
  return (
    <View className="picker">
      <Input
        className="people-search"
        placeholder={say('people.tagName')}
        placeholderClass="people-placeholder"
        ariaLabel={say('people.tagName')}
        confirmType="search"
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
