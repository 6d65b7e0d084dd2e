/** Stands in for the headset emulator that @pmndrs/xr names but Sina never starts (see vite.config.ts). */
export class DevUI {}
export class SyntheticEnvironmentModule {}
