; What has a card, special before general.

; L22: what changes the container that a loop walks over.
((call function: (attribute attribute: (identifier) @range)) @target
 (#set! card "changed-iterable"))
((subscript value: (_) @range "[" @range "]" @range) @target
 (#set! card "changed-iterable"))
; L20: on the name.
((call function: (attribute attribute: (identifier) @range)) @target
 (#eq? @range "fromkeys")
 (#set! card "from-keys"))

; L08: on the brackets, and on the word `key`.
((subscript value: (call) "[" @range "]" @range) @target
 (#set! card "ranked-counter"))
((keyword_argument name: (identifier) @range) @target
 (#eq? @range "key")
 (#set! card "ranked-counter"))

; L03 to L16: an operation on a container whose class is known: on the method's name, the brackets
; and what stands before them, `in`, `len`.
((call function: (attribute attribute: (identifier) @range)) @target
 (#set! card "container-operation"))
((call function: (identifier) @range) @target
 (#set! card "container-operation"))
((subscript value: (_) @range "[" @range "]" @range) @target
 (#set! card "container-operation"))
((comparison_operator operators: _ @range) @target
 (#set! card "container-operation"))

; L01, L05, L09, L15, L16: on the name that is called.
((call function: (_) @range) @target (#set! card "defaultdict"))
((call function: (_) @range) @target (#set! card "counter"))
((call function: (_) @range) @target (#set! card "deque"))
((call function: (_) @range) @target (#set! card "ordered-dict"))
((call function: (_) @range) @target (#set! card "chain-map"))
; L13.
((call function: (_) @range) @target (#set! card "namedtuple"))

; L18: on the braces, on a key that stands twice, on `**`, on `|`.
((pair key: (_) @range) @target (#set! card "duplicate-key"))
((dictionary "{" @range "}" @range) @target (#set! card "duplicate-key"))
((dictionary "{" @range "}" @range) @target (#set! card "dict-merge"))
((dictionary_splat "**" @range) @target (#set! card "dict-merge"))
((binary_operator operator: "|" @range) @target (#set! card "dict-merge"))
; L21: on the sign and on the brackets.
((binary_operator left: (list "[" @range "]" @range) operator: "*" @range) @target
 (#set! card "repeated-list"))
((binary_operator operator: "*" @range right: (list "[" @range "]" @range)) @target
 (#set! card "repeated-list"))

; L17: on the name of the method.
((function_definition name: (identifier) @range) @target
 (#any-of? @range "__setitem__" "__getitem__" "__delitem__" "__contains__" "append")
 (#scope? "class")
 (#set! card "builtin-override"))
; L23: on the base.
((class_definition
  superclasses: (argument_list
   [(identifier) @range @base
    (attribute) @range @base
    (subscript value: [(identifier) (attribute)] @range @base)])) @target
 (#set! card "abc-base"))
; L24: on the name, and on its import.
((import_from_statement name: (dotted_name) @range @name) @target
 (#set! card "removed-name"))
((import_from_statement name: (aliased_import name: (dotted_name) @range @name)) @target
 (#set! card "removed-name"))
((attribute) @target (#set! card "removed-name"))
((identifier) @target (#set! card "removed-name"))

; L02, L04, L06: on the words, and on the sign of an assignment.
((if_statement "if" @range) @target (#set! card "filled-by-hand"))
((try_statement "try" @range) @target (#set! card "filled-by-hand"))
((assignment "=" @range) @target (#set! card "filled-by-hand"))
; L12: on the brackets.
((list "[" @range "]" @range) @target (#set! card "list-queue"))
; L14: on the tuple and the brackets.
((subscript value: (_) @range "[" @range "]" @range) @target (#set! card "tuple-place"))
; L26: on what is called.
((call function: (_) @range) @target (#set! card "list-in-order"))
; L25: the name, which is a builtin unless the file says otherwise.
((identifier) @target (#eq? @target "frozendict") (#set! card "frozen-dict"))
