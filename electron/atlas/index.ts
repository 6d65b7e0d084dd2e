/** The atlas: bodies from definitions, as files. */
export { type BuildOptions, type BuildReport, buildAtlas } from './build.ts'
export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  type ExportReport,
  exportAtlas,
} from './export.ts'
export { posesOf } from './library.ts'
