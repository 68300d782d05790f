import { type CommonEvent, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { screenReader } from '../page/screen-reader';
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
  /** The bubble has links, which a screen reader has to reach: its parts are read one by one. */
  hasParts?: boolean;
  children: ReactNode;
}

/** The frame of a message; a long press opens the menu. */
export function Bubble(props: BubbleProps) {
  const { row, actions, className, onTap, onAction, hasParts, children } = props;
  const { messageClientId, mentionsMe } = row;
  const isSaid = screenReader.isOn && !onAction && !hasParts;
  const label = isSaid ? actions.sentence?.(messageClientId) : undefined;
  return (
    <View
      id={bubbleId(messageClientId)}
      className={classes('bubble', mentionsMe && 'calls-me', className)}
      data-id={messageClientId}
      ariaRole={onAction ? 'button' : label && 'group'}
      ariaLabel={label}
      onClick={onAction ?? onTap}
      onLongPress={actions.openMenu}
    >
      {children}
    </View>
  );
}
