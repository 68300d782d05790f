import { type CommonEvent, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { bubbleId } from '../ui/bubble-id';
import { classes } from '../ui/classes';
import type { BodyActions, BodyRow } from './body-props';

interface BubbleProps {
  row: BodyRow;
  actions: BodyActions;
  className?: string;
  /** Every tap, for a double tap; the menu has the same action. */
  onTap?: ((event: CommonEvent) => void) | undefined;
  /** What the message does as a button. */
  onAction?: ((event: CommonEvent) => void) | undefined;
  children: ReactNode;
}

/** The frame of a message; a long press opens the menu. */
export function Bubble({ row, actions, className, onTap, onAction, children }: BubbleProps) {
  const { messageClientId, mentionsMe } = row;
  return (
    <View
      id={bubbleId(messageClientId)}
      className={classes('bubble', mentionsMe && 'calls-me', className)}
      data-id={messageClientId}
      ariaRole={onAction && 'button'}
      onClick={onAction ?? onTap}
      onLongPress={actions.openMenu}
    >
      {children}
    </View>
  );
}
