/** GLSL of the chest wall: a relief march into the opening, coloured by the layer that the ray meets. */
export const wallVertex = /* glsl */ `
varying vec3 vField;
varying vec3 vEye;
uniform vec4 uDents[2];
uniform sampler2D uSag;
uniform vec2 uMapMm;
`

/** Skin lies as the living patch has it; beyond, the dent under a tip is a smooth bowl around it. */
export const wallDisplace = /* glsl */ `
vec3 transformed = vec3(position);
transformed.z += 0.001 * texture2D(uSag, position.xy * 1000.0 / uMapMm).r;
for (int k = 0; k < 2; k++) {
  vec4 dent = uDents[k];
  float far = length(position.xy * 1000.0 - dent.xy) / max(1.0, dent.w);
  transformed.z -= 0.001 * dent.z * exp(-far * far * 1.6);
}
vField = transformed;
vec4 eyeField = inverse(modelMatrix) * vec4(cameraPosition, 1.0);
vEye = eyeField.xyz - transformed;
`

export const wallFragment = /* glsl */ `
varying vec3 vField;
varying vec3 vEye;
uniform sampler2D uWall;
uniform sampler2D uLayers;
uniform sampler2D uSag;
uniform vec2 uSizeMm;
uniform vec2 uMapMm;
uniform vec3 uSkin;
uniform vec3 uMark;
uniform float uLung;
uniform float uPrep;
uniform float uTime;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
float wHash(vec3 p) { p = fract(p * 0.3183099 + 0.1); p *= 17.0; return fract(p.x * p.y * p.z * (p.x + p.y + p.z)); }
float wNoise(vec3 p) {
  vec3 i = floor(p); vec3 f = fract(p); f = f * f * (3.0 - 2.0 * f);
  return mix(mix(mix(wHash(i), wHash(i + vec3(1,0,0)), f.x), mix(wHash(i + vec3(0,1,0)), wHash(i + vec3(1,1,0)), f.x), f.y),
             mix(mix(wHash(i + vec3(0,0,1)), wHash(i + vec3(1,0,1)), f.x), mix(wHash(i + vec3(0,1,1)), wHash(i + vec3(1,1,1)), f.x), f.y), f.z);
}
float wCells(vec3 p) {
  vec3 i = floor(p); vec3 f = fract(p); float best = 1.0;
  for (int x = -1; x <= 1; x++) for (int y = -1; y <= 1; y++) for (int z = -1; z <= 1; z++) {
    vec3 g = vec3(float(x), float(y), float(z));
    vec3 r = g + vec3(wHash(i + g), wHash(i + g + 7.1), wHash(i + g + 3.7)) - f;
    best = min(best, dot(r, r));
  }
  return sqrt(best);
}
float wOpen(vec2 mm) { return texture2D(uWall, mm / uMapMm).r * 128.0; }
/** Slope of the opening about a point: towards +u and +v, mm of depth per mm. */
vec2 wSlope(vec2 mm) {
  const float e = 0.6;
  return vec2(wOpen(mm + vec2(e, 0.0)) - wOpen(mm - vec2(e, 0.0)), wOpen(mm + vec2(0.0, e)) - wOpen(mm - vec2(0.0, e))) / (2.0 * e);
}
/** How much of the light of the theatre reaches a point in the opening: less under walls that stand over it. */
float wReach(vec3 p) {
  float dark = 0.0;
  for (int k = 0; k < 8; k++) {
    float turn = float(k) * 0.7854;
    float far = k % 2 == 0 ? 3.0 : 6.5;
    float over = p.z - wOpen(p.xy + far * vec2(cos(turn), sin(turn)));
    dark += clamp(over / (over + far + 0.01), 0.0, 1.0);
  }
  return 1.0 - dark / 8.0;
}
vec3 wFat(vec3 p) {
  float lobule = wCells(p * vec3(0.36, 0.36, 0.42));
  vec3 colour = mix(vec3(0.95, 0.77, 0.34), vec3(0.83, 0.52, 0.17), smoothstep(0.3, 0.8, lobule));
  return mix(colour, vec3(0.90, 0.62, 0.42), 0.5 * smoothstep(0.72, 0.95, lobule));
}
vec3 wMuscle(vec3 p, vec2 along, vec3 red) {
  vec2 across = vec2(-along.y, along.x);
  float fibre = wNoise(vec3(dot(p.xy, across) * 2.2, dot(p.xy, along) * 0.22, p.z * 1.8));
  float bundle = wNoise(vec3(dot(p.xy, across) * 0.55, dot(p.xy, along) * 0.1, p.z * 0.5 + 3.0));
  return red * (0.62 + 0.55 * fibre) * (0.8 + 0.4 * bundle) + 0.05 * smoothstep(0.7, 0.95, fibre);
}
/** Colour of tissue at a point (mm: u, v, depth below the skin): each layer passes over into the next within a millimetre. */
vec3 wTissue(vec3 p, vec4 layer, out float rough) {
  rough = 0.34;
  float fat = layer.r * 128.0, chest = layer.g * 128.0, pleura = layer.b * 128.0;
  float wavy = 1.6 * (wNoise(vec3(p.xy * 0.45, 2.0)) - 0.5);
  vec3 skin = mix(uSkin * vec3(0.92, 0.66, 0.6), vec3(0.90, 0.74, 0.66), smoothstep(0.2, 1.0, p.z));
  vec3 colour = mix(skin, wFat(p), smoothstep(1.7, 2.3, p.z + 0.25 * wavy));
  colour = mix(colour, wMuscle(p, vec2(0.5, 0.86), vec3(0.58, 0.13, 0.10)), smoothstep(-0.5, 0.5, p.z - fat - wavy));
  colour = mix(colour, wMuscle(p, vec2(0.86, -0.5), vec3(0.47, 0.09, 0.08)), smoothstep(-0.5, 0.5, p.z - chest - 0.6 * wavy));
  float bone = smoothstep(0.25, 0.55, layer.a) * smoothstep(-1.2, -0.4, p.z - chest) * (1.0 - smoothstep(-1.5, -1.0, p.z - pleura));
  colour = mix(colour, vec3(0.86, 0.78, 0.66) * (0.92 + 0.1 * wNoise(p * 1.7)), bone);
  float sheet = smoothstep(-1.6, -0.8, p.z - pleura);
  colour = mix(colour, vec3(0.66, 0.42, 0.39), 0.8 * sheet);
  float lung = smoothstep(0.25, 0.9, uLung);
  vec3 behind = mix(vec3(0.10, 0.02, 0.02), vec3(0.58, 0.33, 0.31), lung * 0.7);
  float through = smoothstep(0.6, 1.6, p.z - pleura);
  rough = mix(rough, 0.2, max(sheet, through));
  return mix(colour, behind, through);
}
`

/** Runs where three computes the diffuse colour: decides skin, wound wall, blood, mark. */
export const wallColour = /* glsl */ `
vec2 mm = vField.xy * 1000.0;
vec4 wall = texture2D(uWall, mm / uMapMm);
vec4 layer = texture2D(uLayers, mm / uSizeMm);
float wallRough = 0.56;
float wallWet = 0.0;
float shade = 1.0;
vec3 wallTilt = vec3(0.0, 0.0, 1.0);
vec3 tissue;
bool inside = wall.r * 128.0 > 1.0;
float hitDepth = gl_FragCoord.z;
if (inside) {
  vec3 dir = normalize(-vEye) * vec3(1.0, 1.0, -1.0);
  vec3 p = vec3(mm, 0.0);
  float stepMm = 0.35;
  vec3 last = p;
  for (int k = 0; k < 72; k++) {
    last = p;
    p += dir * stepMm;
    stepMm *= 1.045;
    if (p.z >= wOpen(p.xy)) break;
  }
  for (int k = 0; k < 5; k++) {
    vec3 mid = (last + p) * 0.5;
    if (mid.z >= wOpen(mid.xy)) p = mid; else last = mid;
  }
  // The tissue that is seen lies below the skin: its own depth lets instruments stand in the opening.
  vec4 clip = projectionMatrix * modelViewMatrix * vec4(p.xy * 0.001, vField.z - p.z * 0.001, 1.0);
  hitDepth = clip.z / clip.w * 0.5 + 0.5;
  layer = texture2D(uLayers, p.xy / uSizeMm);
  tissue = wTissue(p, layer, wallRough);
  float reach = wReach(p);
  // Blood gathers in what lies deep and dark, and films the rest.
  float bloody = texture2D(uWall, p.xy / uMapMm).g;
  float ooze = wNoise(p * vec3(0.6, 0.6, 0.3)) * 0.55 + wNoise(p * vec3(1.7, 1.7, 0.9)) * 0.2 + bloody * 0.9 + 0.35 * (1.0 - reach);
  tissue = mix(tissue, tissue * vec3(0.78, 0.34, 0.3), 0.6 * smoothstep(0.35, 0.75, ooze));
  tissue = mix(tissue, vec3(0.27, 0.01, 0.012), 0.85 * smoothstep(0.72, 1.0, ooze));
  wallRough = mix(wallRough, 0.14, smoothstep(0.5, 0.95, ooze));
  wallWet = 0.9;
  shade = mix(0.16, 1.0, reach * reach) * mix(1.0, 0.45, smoothstep(4.0, 42.0, p.z));
  vec2 slope = wSlope(p.xy);
  vec2 lumps = vec2(wNoise(p * 1.1) - 0.5, wNoise(p * 1.1 + 7.0) - 0.5);
  wallTilt = vec3(slope / (1.0 + 0.25 * length(slope)) + 0.9 * lumps, 1.0);
} else {
  wallTilt.xy -= 0.5 * vec2(
    texture2D(uSag, (mm + vec2(1.0, 0.0)) / uMapMm).r - texture2D(uSag, (mm - vec2(1.0, 0.0)) / uMapMm).r,
    texture2D(uSag, (mm + vec2(0.0, 1.0)) / uMapMm).r - texture2D(uSag, (mm - vec2(0.0, 1.0)) / uMapMm).r);
  float pores = wNoise(vec3(mm * 2.4, 0.0)) * 0.5 + wNoise(vec3(mm * 6.1, 3.0)) * 0.3;
  float mottle = wNoise(vec3(mm * 0.055, 9.0)) - 0.5;
  tissue = uSkin * (0.95 + 0.09 * pores) * (1.0 + 0.14 * mottle * vec3(0.6, 1.1, 1.2));
  float lines = abs(sin(dot(mm, vec2(0.5, 0.86)) * 1.9 + wNoise(vec3(mm * 0.35, 1.0)) * 5.0));
  tissue *= 1.0 - 0.03 * smoothstep(0.75, 1.0, lines);
  // Antiseptic: a warm, wet tint that stops short of the drapes in brushed edges.
  vec2 fromMiddle = (mm / uSizeMm - 0.5) * 2.0;
  float paint = uPrep * smoothstep(1.75, 1.45, length(fromMiddle * vec2(0.9, 0.86)) + 0.08 * wNoise(vec3(mm * 0.12, 4.0)));
  tissue = mix(tissue, tissue * vec3(1.0, 0.88, 0.74), paint);
  wallWet = 0.14 * paint;
  wallRough = mix(0.6, 0.42, paint);
  float wheal = wall.b;
  tissue = mix(tissue, vec3(0.93, 0.84, 0.78), wheal * 0.55);
  // The lip of a wound is rolled out a little, flushed, and moist where it is cut.
  float edge = wall.a;
  if (edge > 0.0) {
    vec2 to = vec2(
      texture2D(uWall, (mm + vec2(0.7, 0.0)) / uMapMm).a - texture2D(uWall, (mm - vec2(0.7, 0.0)) / uMapMm).a,
      texture2D(uWall, (mm + vec2(0.0, 0.7)) / uMapMm).a - texture2D(uWall, (mm - vec2(0.0, 0.7)) / uMapMm).a);
    wallTilt.xy += to * smoothstep(0.0, 1.0, edge) * 1.6;
    tissue *= mix(vec3(1.0), vec3(0.98, 0.80, 0.76), smoothstep(0.0, 0.8, edge));
    tissue = mix(tissue, vec3(0.60, 0.20, 0.17), smoothstep(0.8, 1.0, edge) * 0.8);
    wallWet = max(wallWet, 0.4 * smoothstep(0.6, 1.0, edge));
  }
  if (uMark.z > 0.5) {
    vec2 d = mm - uMark.xy;
    float arm = 7.0;
    float line = min(abs(d.x), abs(d.y));
    float ink = (1.0 - smoothstep(0.55, 1.0, line)) * (1.0 - smoothstep(arm - 0.6, arm, max(abs(d.x), abs(d.y))));
    tissue = mix(tissue, vec3(0.22, 0.10, 0.42), ink * 0.88 * (0.75 + 0.25 * wNoise(vec3(mm * 4.0, 2.0))));
  }
  float blood = smoothstep(0.12, 0.62, wall.g + 0.16 * (wNoise(vec3(mm * 0.5, 5.0)) - 0.5));
  tissue = mix(tissue, vec3(0.36, 0.012, 0.012), blood * 0.93);
  wallRough = mix(wallRough, 0.12, blood);
  wallWet = max(wallWet, blood);
}
diffuseColor.rgb = tissue * shade;
gl_FragDepth = hitDepth;
`

/** Runs after three has the normal: walls and floor of the opening turn away from the skin. */
export const wallNormal = /* glsl */ `
normal = normalize(normal + mat3(modelViewMatrix) * vec3(wallTilt.xy, wallTilt.z - 1.0));
#ifdef USE_CLEARCOAT
clearcoatNormal = normal;
#endif
`
