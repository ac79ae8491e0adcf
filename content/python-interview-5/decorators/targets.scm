; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; Decorators whose meaning is known by what they are. The facts are silent for anything else, so the
; order matters only where two of them can hold.

; D16: a class of this file.
((decorator) @target (#set! card "class-decorator"))
; D17: `@property`, `@x.setter`.
((decorator) @target (#set! card "property"))
((decorator) @target (#set! card "property-accessor"))
; D18.
((decorator) @target (#set! card "static-method"))
((decorator) @target (#set! card "class-method"))
; D19: `@lru_cache`, `@cache`.
((decorator) @target (#set! card "lru-cache"))
; D20.
((decorator) @target (#set! card "cached-property"))
; D21: `@singledispatch`, `@f.register`.
((decorator) @target (#set! card "singledispatch"))
((decorator) @target (#set! card "singledispatch-register"))
; D22: on the name of the function.
((call function: (_) @range) @target (#set! card "partial"))
; D23.
((decorator) @target (#set! card "total-ordering"))
; D24: on the name of the function.
((call function: (_) @range) @target (#set! card "update-wrapper"))
; D26.
((decorator) @target (#set! card "generator-context"))
; D27.
((decorator) @target (#set! card "overload"))
((decorator) @target (#set! card "override"))
((decorator) @target (#set! card "final"))
((decorator) @target (#set! card "deprecated"))
; I03.
((decorator) @target (#set! card "tenacity-retry"))
; D29: of others, the general cards say that they are not known.
((decorator) @target (#set! card "registering-decorator"))
; D28.
((decorator) @target (#set! card "abstract-method"))
; D25: a data class, on its decorator and its name.
((decorator) @target (#set! card "dataclass"))
((decorated_definition
   definition: (class_definition name: (identifier) @range)) @target
 (#set! card "dataclass"))

; D10: functools.wraps without a call.
((decorator [(identifier) (attribute)] @name) @target
 (#resolves? @name "functools.wraps")
 (#set! card "bare-wraps"))

; D11: nonlocal, on one of the names or on the word.
((nonlocal_statement (identifier) @range @name) @target
 (#set! card "nonlocal"))
((nonlocal_statement "nonlocal" @range) @target
 (#set! card "nonlocal"))

; D14: the wrapper's args or kwargs as they are.
((identifier) @target
 (#set! card "missing-star"))
; D12: a name that belongs to a function around.
((identifier) @target
 (#set! card "closure-variable"))

; D13: stars among parameters.
((list_splat_pattern (identifier)) @target
 (#set! card "star-parameter"))
((dictionary_splat_pattern (identifier)) @target
 (#set! card "star-parameter"))

; D14: stars among arguments, on the stars and on a name behind them.
((list_splat "*" @range (identifier)? @range) @target
 (#set! card "star-argument"))
((dictionary_splat "**" @range (identifier)? @range) @target
 (#set! card "star-argument"))

; D30: f.__wrapped__.
((attribute attribute: (identifier) @range) @target
 (#eq? @range "__wrapped__")
 (#set! card "wrapped-attribute"))

; D31: __call__ of a class.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__call__")
 (#scope? "class")
 (#set! card "call-method"))

; D15: a class with decorators, on its name and on its decorator lines.
((decorated_definition
   definition: (class_definition name: (identifier) @range)) @target
 (#set! card "decorated-class"))
((decorated_definition
   (decorator) @range
   definition: (class_definition)) @target
 (#set! card "decorated-class"))

; D09: functools.wraps above a wrapper.
((decorator (call function: (_) @fn)) @target
 (#resolves? @fn "functools.wraps")
 (#set! card "wraps"))

; D04, D05: a decorator of this file that is not used as it is meant.
((decorator (identifier)) @target
 (#set! card "factory-used-bare"))
((decorator (call function: (identifier))) @target
 (#set! card "plain-decorator-called"))

; D02, D03: one decorator line. General: decorators with a card of their own stand above.
((decorator) @target
 (#set! card "decorator-line"))

; D07: the function that a decorator returns.
((function_definition name: (identifier) @range) @target
 (#set! card "wrapper"))

; D06: a decorator, or a factory of decorators.
((function_definition name: (identifier) @range) @target
 (#set! card "decorator-definition"))

; D01: a function with decorators, on its name.
((decorated_definition
   definition: (function_definition name: (identifier) @range)) @target
 (#set! card "decorated-function"))
