// The declarations of jsii's .NET runtime that generated code uses, to compile it. They do nothing.
using System;

namespace Amazon.JSII.Runtime.Deputy
{
    public sealed class ByRefValue
    {
    }

    public sealed class DeputyProps
    {
        public DeputyProps(object[] arguments = null)
        {
        }
    }

    public abstract class DeputyBase
    {
        protected DeputyBase(DeputyProps props)
        {
        }

        protected DeputyBase(ByRefValue reference)
        {
        }

        protected static T GetStaticProperty<T>(Type type, string name = null) => default(T);

        protected static void SetStaticProperty<T>(Type type, T value, string name = null)
        {
        }

        protected static T InvokeStaticMethod<T>(Type type, Type[] types, object[] arguments, string name = null) => default(T);

        protected static void InvokeStaticVoidMethod(Type type, Type[] types, object[] arguments, string name = null)
        {
        }

        protected T GetInstanceProperty<T>(string name = null) => default(T);

        protected void SetInstanceProperty<T>(T value, string name = null)
        {
        }

        protected T InvokeInstanceMethod<T>(Type[] types, object[] arguments, string name = null) => default(T);

        protected void InvokeInstanceVoidMethod(Type[] types, object[] arguments, string name = null)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiClassAttribute : Attribute
    {
        public JsiiClassAttribute(Type nativeType, string fullyQualifiedName, string parametersJson = null)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Interface)]
    public sealed class JsiiInterfaceAttribute : Attribute
    {
        public JsiiInterfaceAttribute(Type nativeType, string fullyQualifiedName)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiTypeProxyAttribute : Attribute
    {
        public JsiiTypeProxyAttribute(Type nativeType, string fullyQualifiedName)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiByValueAttribute : Attribute
    {
        public JsiiByValueAttribute(string fqn)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Enum)]
    public sealed class JsiiEnumAttribute : Attribute
    {
        public JsiiEnumAttribute(Type nativeType, string fullyQualifiedName)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class JsiiEnumMemberAttribute : Attribute
    {
        public JsiiEnumMemberAttribute(string name)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class JsiiMethodAttribute : Attribute
    {
        public JsiiMethodAttribute(string name, string returnsJson = null, string parametersJson = null, bool isAsync = false, bool isOverride = false)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsiiPropertyAttribute : Attribute
    {
        public JsiiPropertyAttribute(string name, string typeJson, bool isOptional = false, bool isOverride = false)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsiiOptionalAttribute : Attribute
    {
    }
}

namespace Newtonsoft.Json.Linq
{
    public sealed class JObject
    {
    }
}
