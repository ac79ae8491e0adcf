; What has a card, special before general.

; M02: on the keyword and its value.
((keyword_argument name: (identifier) @word) @target
 (#eq? @word "metaclass")
 (#set! card "metaclass-keyword"))

; M27: an enumeration, on the name and on the word.
((class_definition ["class" @range name: (identifier) @range]) @target
 (#set! card "enum-class"))

; M04: a class that derives from type.
((class_definition name: (identifier) @range) @target
 (#set! card "metaclass-definition"))

; M01: on the name, unless the decorators have a card there, and on the word.
((class_definition name: (identifier) @range @name) @target
 (#set! card "class-statement"))
((class_definition "class" @range) @target
 (#set! card "class-statement"))

; M23: on the word, and on what is looked up.
((call function: (identifier) @range) @target
 (#eq? @range "super")
 (#set! card "super-call"))
((attribute
   object: (call function: (identifier) @word)
   attribute: (identifier) @range) @target
 (#eq? @word "super")
 (#set! card "super-call"))

; Special methods, on their names. M15.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__init__")
 (#scope? "class")
 (#set! card "init-method"))

; M05, M14.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__new__")
 (#scope? "class")
 (#set! card "metaclass-new"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__new__")
 (#scope? "class")
 (#set! card "new-method"))
; M06 to M08, M12.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__init__")
 (#scope? "class")
 (#set! card "metaclass-init"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__call__")
 (#scope? "class")
 (#set! card "metaclass-call"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__prepare__")
 (#scope? "class")
 (#set! card "prepare-method"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__init_subclass__")
 (#scope? "class")
 (#set! card "init-subclass"))

; M03: other keywords of a class.
((keyword_argument) @target
 (#set! card "class-keyword"))

; Assignments in a class body, on the name. M24.
((assignment left: (identifier) @range) @target
 (#eq? @range "__slots__")
 (#scope? "class")
 (#set! card "slots"))
; M27: a member.
((assignment left: (identifier) @range) @target
 (#scope? "class")
 (#set! card "enum-member"))
((assignment left: (identifier) @range) @target
 (#scope? "class")
 (#set! card "class-attribute"))

; M16, M17: on the word.
((call function: (identifier) @range) @target
 (#resolves? @range "builtins.type")
 (#set! card "type-of"))
((call function: (identifier) @range) @target
 (#resolves? @range "builtins.type")
 (#set! card "type-call"))

; M13, M25.
((function_definition name: (identifier) @range) @target
 (#any-of? @range "__get__" "__set__" "__delete__" "__set_name__")
 (#scope? "class")
 (#set! card "descriptor-method"))
((function_definition name: (identifier) @range) @target
 (#any-of? @range "__getattr__" "__getattribute__" "__setattr__" "__delattr__")
 (#scope? "class")
 (#set! card "attribute-hook"))
; M21.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__class_getitem__")
 (#scope? "class")
 (#set! card "class-getitem"))

; M26: private names.
((function_definition name: (identifier) @range @name) @target
 (#match? @name "^__.*[^_]_?$")
 (#scope? "class")
 (#set! card "private-name"))
((attribute attribute: (identifier) @range @name) @target
 (#match? @name "^__.*[^_]_?$")
 (#set! card "private-name"))

; M18.
((class_definition superclasses: (argument_list [(identifier) (attribute)] @target))
 (#set! card "abstract-base"))
((keyword_argument value: [(identifier) (attribute)] @target)
 (#set! card "abstract-base"))
; M28.
((call function: (_) @range) @target
 (#set! card "new-class"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__mro_entries__")
 (#scope? "class")
 (#set! card "mro-entries"))
; M09.
((call function: (identifier) @range) @target
 (#set! card "namespace-callables"))

; M10, M11: a look into the namespace.
((comparison_operator) @target
 (#set! card "namespace-check"))
((subscript) @target
 (#set! card "namespace-check"))
