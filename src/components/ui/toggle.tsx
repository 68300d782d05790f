import { Switch, View } from '@tarojs/components';
import { useState } from 'react';

interface ToggleProps {
  label: string;
  checked: boolean;
  /** Resolves to false when the change was refused. */
  onChange: (isOn: boolean) => Promise<boolean>;
}

/** A line with a switch, whose change the server may refuse: the switch then returns to its state. */
export function Toggle({ label, checked, onChange }: ToggleProps) {
  // WeChat moves its switch at once; a new key makes a new switch with the old state.
  const [refusals, setRefusals] = useState(0);
  return (
    <View className="cell">
      <View className="cell-title">{label}</View>
      <Switch
        key={refusals}
        checked={checked}
        ariaLabel={label}
        onChange={({ detail }) =>
          void onChange(detail.value).then((done) => {
            if (!done) setRefusals((count) => count + 1);
          })
        }
      />
    </View>
  );
}
