import { type CommonEvent, View } from '@tarojs/components';
import { Avatar } from '@/components/avatar';
import { classes } from '@/components/classes';
import { observer } from '@/components/observer';
import type { RoomMember } from '../index';
import { type Label, labelsOf, nameOf } from './member-labels';
import { useSay } from './use-say';
import './label.scss';

interface MemberRowProps {
  member: RoomMember;
  isMe: boolean;
  /** Finds the account in `data-id`. */
  onOpen: (event: CommonEvent) => void;
}

export const MemberRow = observer(function MemberRow({ member, isMe, onOpen }: MemberRowProps) {
  const say = useSay();
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
          {isMe && <View className="member-me">{say('people.me')}</View>}
          <Labels labels={labelsOf(member)} />
        </View>
        <View className="member-account ellipsis">{member.accountId}</View>
      </View>
    </View>
  );
});

/** Small words beside a name. */
export const Labels = observer(function Labels({ labels }: { labels: readonly Label[] }) {
  const say = useSay();
  return (
    <>
      {labels.map(({ text, look }) => (
        <View key={text} className={classes('label', `label-${look}`)}>
          {say(text)}
        </View>
      ))}
    </>
  );
});
