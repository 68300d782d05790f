import { View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { classes } from '@/components/ui/classes';
import type { AccountStores, MessageRow } from '@/stores';
import { isOnServer } from './act-handlers';
import type { ChatActions } from './chat-actions';
import { REACTIONS } from './reaction-emoji';

interface ReactionBarProps {
  /** Null while the menu is closed: the nodes are always there. */
  row: MessageRow | null;
  account: AccountStores;
  actions: ChatActions;
  close: () => void;
}

/** The row of reactions above the menu of a message. */
export const ReactionBar = observer(function ReactionBar({
  row,
  account,
  actions,
  close,
}: ReactionBarProps) {
  const isShown = row !== null && isOnServer(row);
  const given = isShown ? actions.extras.acts.reactions.of(row.messageClientId) : [];
  const isMine = (index: number) =>
    given.some((one) => one.index === index && one.accounts.includes(account.accountId));
  return (
    <View className={isShown || !row ? 'rx-bar' : 'rx-bar gone'}>
      {REACTIONS.map((emoji, at) => (
        <View
          key={emoji}
          className={classes('rx-pick', isMine(at + 1) && 'rx-mine')}
          ariaRole="menuitem"
          onClick={() => {
            close();
            if (row) actions.extras.toggleReaction(row, at + 1);
          }}
        >
          {emoji}
        </View>
      ))}
    </View>
  );
});
