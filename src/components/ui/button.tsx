import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { classes } from './classes';

interface ButtonProps {
  kind?: 'primary' | 'quiet' | 'plain' | 'danger';
  disabled?: boolean;
  onClick: () => void;
}

/** A button made of a View: WeChat's own button has borders and margins that differ on every platform. */
export function Button({
  kind = 'primary',
  disabled,
  onClick,
  children,
}: PropsWithChildren<ButtonProps>) {
  return (
    <View
      className={classes('button', `button-${kind}`, disabled && 'button-disabled')}
      hoverClass={disabled ? 'none' : 'button-pressed'}
      ariaRole="button"
      onClick={disabled ? undefined : onClick}
    >
      {children}
    </View>
  );
}
