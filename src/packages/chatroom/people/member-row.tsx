import { type CommonEvent, View } from '@tarojs/components';
import { Avatar } from '@/components/ui/avatar';
import { classes } from '@/components/ui/classes';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import type { RoomMember } from '../index';
import { type Label, labelsOf, nameOf } from './member-labels';
import { peopleTexts } from './texts';
import './label.scss';

interface MemberRowProps {
  member: RoomMember;
  isMe: boolean;
  /** Reads the account from `data-id`. */
  onOpen: (event: CommonEvent) => void;
}

export const MemberRow = observer(function MemberRow({ member, isMe, onOpen }: MemberRowProps) {
  const t = useTexts(peopleTexts);
  const name = nameOf(member);
  return (
    <View
      className="member"
      hoverClass="pressed"
      data-id={member.accountId}
      ariaRole="button"
      onClick={onOpen}
    >
      <Avatar accountId={member.accountId} name={name} url={member.roomAvatar} small />
      <View className="member-text">
        <View className="member-line">
          <View className="member-name ellipsis">{name}</View>
          {isMe && <View className="member-me">{t('people.me')}</View>}
          <Labels labels={labelsOf(member)} />
        </View>
        <View className="member-account ellipsis">{member.accountId}</View>
      </View>
    </View>
  );
});

/** Small labels beside a name. */
export const Labels = observer(function Labels({ labels }: { labels: readonly Label[] }) {
  const t = useTexts(peopleTexts);
  return (
    <>
      {labels.map(({ text, look }) => (
        <View key={text} className={classes('label', `label-${look}`)}>
          {t(text)}
        </View>
      ))}
    </>
  );
});
