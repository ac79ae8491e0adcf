; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; T01, T11: the annotation of a parameter, on its name and its type.
((typed_parameter type: (type) @range) @target (#set! card "parameter-annotation"))
((typed_parameter . (_) @range type: (type)) @target (#set! card "parameter-annotation"))
((typed_default_parameter name: (identifier) @range type: (type) @range) @target
 (#set! card "parameter-annotation"))

; T30: a parameter that has none.
((parameters (identifier) @target) (#set! card "missing-annotation"))
((default_parameter name: (identifier) @target) (#set! card "missing-annotation"))

; T02: the annotation of a result.
((function_definition return_type: (type) @range) @target (#set! card "return-annotation"))

; T16: an alias with `TypeAlias`.
((assignment left: (identifier) @range type: (type) @range) @target (#set! card "named-type"))

; T03: the annotation of a variable, on its name and its type.
((assignment left: (_) @range type: (type) @range) @target (#set! card "variable-annotation"))

; T14: on the brackets and the names in them.
((function_definition type_parameters: (type_parameter) @range) @target
 (#set! card "type-parameters"))
((class_definition type_parameters: (type_parameter) @range) @target
 (#set! card "type-parameters"))

; T31: names that are on their way out.
((identifier) @target (#set! card "outdated-name"))
((attribute) @target (#set! card "outdated-name"))

; T04, T05, T10: names of types, deprecated aliases first.
((identifier) @target (#set! card "any-type"))
((attribute) @target (#set! card "any-type"))
((identifier) @target (#set! card "standard-type"))
((attribute) @target (#set! card "standard-type"))

; T06, T07, T08.
((generic_type) @target (#set! card "union-type"))
((subscript) @target (#set! card "union-type"))
((binary_operator "|") @target (#set! card "union-type"))
((union_type) @target (#set! card "union-type"))

; T22, T27: on the name of the function.
((call function: (_) @range) @target (#set! card "typing-call"))
((call function: (_) @range) @target (#set! card "instance-check"))

; T23: on the condition.
((if_statement condition: (_) @range) @target (#set! card "checking-block"))

; T24.
((future_import_statement) @target (#set! card "future-annotations"))

; T25.
((string) @target (#set! card "string-annotation"))

; T26: on the attribute, or on the name of the function.
((attribute attribute: (identifier) @range) @target
 (#eq? @range "__annotations__")
 (#set! card "annotations-reader"))
((call function: (_) @range) @target (#set! card "annotations-reader"))

; T19, T21, T28: words that are no classes.
((identifier) @target (#set! card "special-form"))
((attribute) @target (#set! card "special-form"))

; T12, T13, T16: on the name and on the call.
((assignment left: (identifier) @range right: (call function: (_) @range)) @target
 (#set! card "named-type"))
; T15.
((type_alias_statement left: (type) @range) @target (#set! card "named-type"))

; T17, T18: on the name of the class.
((class_definition name: (identifier) @range) @target (#set! card "structural-class"))

; T29.
((comment) @target (#set! card "ignore-comment"))
