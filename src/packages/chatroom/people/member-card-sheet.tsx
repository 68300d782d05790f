import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { classes } from '@/components/ui/classes';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { Slot } from '@/components/ui/slot';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { RoomMember, RoomStore } from '../index';
import { type Form, FormSheet } from './form-sheet';
import { actionsFor, type CardAction, SEVERE } from './member-actions';
import { MemberCard } from './member-card';
import { runMemberAction } from './run-member-action';
import { marksOf, nameOf, roleText, tagsOf } from './member-labels';
import { Labels } from './member-row';
import { roomRoutes } from '../routes';
import { seatOf } from './seat';
import { Sheet } from './sheet';
import { TimeLeft } from './time-left';
import { peopleTexts } from './texts';
import './member-card.scss';

interface MemberCardSheetProps {
  room: RoomStore;
  accountId: string;
  onClose: () => void;
}

/** The card of a member in this room, with the actions I may apply. */
export const MemberCardSheet = observer(function MemberCardSheet({
  room,
  accountId,
  onClose,
}: MemberCardSheetProps) {
  const { settings } = useStores();
  const t = useTexts(peopleTexts);
  const navigate = useNavigate();
  const [card] = useState(() => new MemberCard(accountId, room.members));
  const [form, setForm] = useState<Form | null>(null);
  useEffect(() => {
    void card.load();
    if (room.queue.state === 'idle') void room.queue.load();
  }, [card, room]);
  if (form) return <FormSheet form={form} onClose={() => setForm(null)} />;

  const { member, error, busy } = card;
  const name = member ? nameOf(member) : accountId;
  const actions = member ? actionsFor(room.me.member, member, !!seatOf(room.queue, accountId)) : [];
  const onAction = async (action: CardAction) => {
    if (!member || busy) return;
    const next = await runMemberAction(action, member, {
      room,
      card,
      t,
      language: settings.language,
      close: onClose,
    });
    if (next) setForm(next);
  };

  return (
    <Sheet label={t('card.label', { name })} closeLabel={t('card.close')} onClose={onClose}>
      <View className="card-head">
        <Avatar accountId={accountId} name={name} url={member?.roomAvatar} large />
        <View className="card-text">
          <View className="card-name">{name}</View>
          <View className="card-account">{t('card.account', { account: accountId })}</View>
          {member && <Facts member={member} />}
        </View>
      </View>
      <Slot>
        {card.mutedUntil > 0 && (
          <View className="card-note">
            <TimeLeft until={card.mutedUntil} t={t} />
          </View>
        )}
      </Slot>
      <Slot>
        {card.state === 'gone' && <View className="card-note">{t('card.gone')}</View>}
        {error && (
          <View className="card-refusal" ariaRole="alert">
            {reasonText(error.code, settings.language)}
          </View>
        )}
      </Slot>
      <View className={classes('card-actions', busy && 'card-busy')}>
        {accountId === room.accountId && (
          <View
            className="card-action"
            hoverClass="pressed"
            ariaRole="button"
            onClick={() => navigate(roomRoutes.about(room.roomId))}
          >
            {t('card.edit')}
          </View>
        )}
        {actions.map((action) => (
          <View
            key={action}
            className={classes('card-action', SEVERE.includes(action) && 'card-severe')}
            hoverClass="pressed"
            ariaRole="button"
            onClick={() => void onAction(action)}
          >
            {t(`card.${action}`)}
          </View>
        ))}
      </View>
      <View className="card-cancel" hoverClass="pressed" ariaRole="button" onClick={onClose}>
        {t('card.cancel')}
      </View>
    </Sheet>
  );
});

function Facts({ member }: { member: RoomMember }) {
  const role = { text: roleText(member.memberRole as number), look: 'plain' } as const;
  const offline = member.isOnline ? [] : [{ text: 'mark.offline', look: 'plain' } as const];
  return (
    <View className="card-labels">
      <Labels labels={[role, ...offline, ...marksOf(member)]} />
      {tagsOf(member).map((tag) => (
        <View key={tag} className="label label-tag ellipsis">
          {tag}
        </View>
      ))}
    </View>
  );
}
