/** GLSL of the chest wall: a relief march into the opening, coloured by the layer that the ray meets. */
export const wallVertex = /* glsl */ `
varying vec3 vField;
varying vec3 vEye;
uniform vec4 uDents[2];
`

/** Skin gives way under a tip: the dent is a smooth bowl around it. */
export const wallDisplace = /* glsl */ `
vec3 transformed = vec3(position);
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
/** Colour of tissue at a point (mm: u, v, depth below the skin). */
vec3 wTissue(vec3 p, vec4 layer, out float rough, out float wet) {
  rough = 0.35; wet = 0.8;
  if (p.z < 2.2) {
    rough = 0.5;
    return mix(vec3(0.86, 0.62, 0.55), vec3(0.93, 0.80, 0.74), smoothstep(0.4, 1.8, p.z));
  }
  float fat = layer.r * 128.0, chest = layer.g * 128.0, pleura = layer.b * 128.0;
  if (p.z < fat) {
    float lobule = wCells(p * vec3(0.42, 0.42, 0.5));
    return mix(vec3(0.93, 0.76, 0.36), vec3(0.80, 0.53, 0.20), smoothstep(0.35, 0.85, lobule)) * (0.92 + 0.16 * wNoise(p * 2.3));
  }
  float bone = layer.a;
  if (p.z < pleura - 1.0) {
    if (p.z > chest - 0.8 && bone > 0.4) { rough = 0.45; return vec3(0.88, 0.80, 0.68) * (0.92 + 0.1 * wNoise(p * 1.7)); }
    vec2 along = p.z < chest ? vec2(0.5, 0.86) : vec2(0.86, -0.5);
    float stripe = wNoise(vec3(dot(p.xy, vec2(-along.y, along.x)) * 2.6, dot(p.xy, along) * 0.32, p.z * 2.2));
    vec3 red = p.z < chest ? vec3(0.55, 0.12, 0.10) : vec3(0.46, 0.10, 0.09);
    return mix(red * 0.72, red * 1.35 + 0.05, stripe);
  }
  if (p.z < pleura + 1.2) { rough = 0.2; return vec3(0.72, 0.50, 0.46); }
  float lung = smoothstep(0.25, 0.9, uLung);
  rough = 0.25;
  return mix(vec3(0.10, 0.02, 0.02), vec3(0.62, 0.36, 0.34), lung * 0.8);
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
  tissue = wTissue(p, layer, wallRough, wallWet);
  float open = texture2D(uWall, p.xy / uMapMm).a;
  shade = mix(1.0, 0.22, smoothstep(0.0, 46.0, p.z)) ;
  float bloody = texture2D(uWall, p.xy / uMapMm).g;
  float ooze = smoothstep(0.28, 0.75, wNoise(p * vec3(0.7, 0.7, 0.35)) * 0.7 + bloody * 1.2);
  tissue = mix(tissue, vec3(0.33, 0.015, 0.015), ooze * 0.72);
  wallWet = 1.0;
} else {
  float pores = wNoise(vec3(mm * 2.4, 0.0)) * 0.5 + wNoise(vec3(mm * 6.1, 3.0)) * 0.3;
  float mottle = wNoise(vec3(mm * 0.055, 9.0)) - 0.5;
  tissue = uSkin * (0.95 + 0.09 * pores) * (1.0 + 0.14 * mottle * vec3(0.6, 1.1, 1.2));
  float lines = abs(sin(dot(mm, vec2(0.5, 0.86)) * 1.9 + wNoise(vec3(mm * 0.35, 1.0)) * 5.0));
  tissue *= 1.0 - 0.03 * smoothstep(0.75, 1.0, lines);
  // Antiseptic: a warm, wet tint that stops short of the drapes in brushed edges.
  vec2 fromMiddle = (mm / uSizeMm - 0.5) * 2.0;
  float paint = uPrep * smoothstep(1.75, 1.45, length(fromMiddle * vec2(0.9, 0.86)) + 0.08 * wNoise(vec3(mm * 0.12, 4.0)));
  tissue = mix(tissue, tissue * vec3(1.0, 0.88, 0.74), paint);
  wallWet = 0.35 * paint;
  wallRough = mix(0.6, 0.42, paint);
  float wheal = wall.b;
  tissue = mix(tissue, vec3(0.93, 0.84, 0.78), wheal * 0.55);
  float edge = wall.a;
  tissue = mix(tissue, vec3(0.62, 0.20, 0.17), smoothstep(0.25, 1.0, edge) * 0.75);
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
